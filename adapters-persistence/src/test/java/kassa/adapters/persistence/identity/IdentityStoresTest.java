package kassa.adapters.persistence.identity;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.identity.IdentityStores;
import kassa.contract.ApiKeyStoreContract;
import kassa.contract.AuditLogContract;
import kassa.contract.FailedAttemptStoreContract;
import kassa.contract.RateLimitStoreContract;
import kassa.contract.SessionStoreContract;
import kassa.contract.UserStoreContract;
import kassa.contract.fixture.IdentityStoresFixture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class IdentityStoresTest {

  @AutoClose private final TestDatabase database;

  IdentityStoresTest(Dialect dialect) {
    database = new TestDatabase(dialect);
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
    IdentityStores stores = database.stores().identity();
    return new IdentityStoresFixture(
        stores.users(),
        stores.sessions(),
        stores.apiKeys(),
        stores.failedAttempts(),
        stores.rateLimits(),
        stores.auditLog(),
        database::makeUnavailable);
  }
}
