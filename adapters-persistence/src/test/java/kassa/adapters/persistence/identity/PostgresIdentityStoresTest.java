package kassa.adapters.persistence.identity;

import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.Stores;
import kassa.contract.ApiKeyStoreContract;
import kassa.contract.AuditLogContract;
import kassa.contract.FailedAttemptStoreContract;
import kassa.contract.RateLimitStoreContract;
import kassa.contract.SessionStoreContract;
import kassa.contract.UserStoreContract;
import kassa.contract.fixture.IdentityStoresFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class PostgresIdentityStoresTest {

  private final String url = PostgresServer.newDatabase();
  private Database database;
  private Stores stores;

  @BeforeEach
  void open() {
    database = TestDatabases.open(url, 4);
    stores = TestDatabases.stores(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Nested
  class Users extends UserStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return identityStores();
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return identityStores();
    }
  }

  @Nested
  class ApiKeys extends ApiKeyStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return identityStores();
    }
  }

  @Nested
  class FailedAttempts extends FailedAttemptStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return identityStores();
    }
  }

  @Nested
  class RateLimits extends RateLimitStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return identityStores();
    }
  }

  @Nested
  class Audit extends AuditLogContract {

    @Override
    protected IdentityStoresFixture stores() {
      return identityStores();
    }
  }

  private IdentityStoresFixture identityStores() {
    return new IdentityStoresFixture(
        stores.identity().users(),
        stores.identity().sessions(),
        stores.identity().apiKeys(),
        stores.identity().failedAttempts(),
        stores.identity().rateLimits(),
        stores.identity().auditLog(),
        () -> PostgresServer.dropDatabase(url));
  }
}
