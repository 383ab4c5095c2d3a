package kassa.contract;

import kassa.contract.fixture.IdentityStoresFixture;
import org.junit.jupiter.api.Nested;

class InMemoryIdentityStoresTest {

  private final IdentityStoresFixture stores = IdentityStoresFixture.inMemory();

  @Nested
  class Users extends UserStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return stores;
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return stores;
    }
  }

  @Nested
  class ApiKeys extends ApiKeyStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return stores;
    }
  }

  @Nested
  class FailedAttempts extends FailedAttemptStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return stores;
    }
  }

  @Nested
  class RateLimits extends RateLimitStoreContract {

    @Override
    protected IdentityStoresFixture stores() {
      return stores;
    }
  }

  @Nested
  class AuditLogs extends AuditLogContract {

    @Override
    protected IdentityStoresFixture stores() {
      return stores;
    }
  }
}
