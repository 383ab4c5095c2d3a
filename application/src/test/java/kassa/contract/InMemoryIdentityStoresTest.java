package kassa.contract;

import kassa.contract.fixture.IdentityStores;
import org.junit.jupiter.api.Nested;

class InMemoryIdentityStoresTest {

  private final IdentityStores stores = IdentityStores.inMemory();

  @Nested
  class Users extends UserStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class ApiKeys extends ApiKeyStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class FailedAttempts extends FailedAttemptStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class RateLimits extends RateLimitStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class AuditLogs extends AuditLogContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }
}
