package kassa.contract;

import org.junit.jupiter.api.Nested;

class InMemoryIdentityStoresTest {

  private final IdentityStores stores = IdentityStores.inMemory();

  @Nested
  class OfUsers extends UserStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class OfSessions extends SessionStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class OfKeys extends ApiKeyStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class OfAttempts extends AttemptStoreContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class OfCalls extends CallTallyContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }

  @Nested
  class OfAudit extends AuditLogContract {

    @Override
    protected IdentityStores stores() {
      return stores;
    }
  }
}
