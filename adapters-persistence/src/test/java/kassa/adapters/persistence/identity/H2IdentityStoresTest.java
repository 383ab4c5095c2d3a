package kassa.adapters.persistence.identity;

import java.nio.file.Path;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.TestDatabases;
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
import org.junit.jupiter.api.io.TempDir;

class H2IdentityStoresTest {

  @TempDir private Path folder;
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence =
        Persistence.open(new PersistenceConfig(TestDatabases.newH2(folder.resolve("kassa")), 4));
  }

  @AfterEach
  void close() {
    persistence.close();
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
        persistence.stores().identity().users(),
        persistence.stores().identity().sessions(),
        persistence.stores().identity().apiKeys(),
        persistence.stores().identity().failedAttempts(),
        persistence.stores().identity().rateLimits(),
        persistence.stores().identity().auditLog(),
        persistence::close);
  }
}
