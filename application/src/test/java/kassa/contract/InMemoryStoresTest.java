package kassa.contract;

import org.junit.jupiter.api.Nested;

class InMemoryStoresTest {

  private final TestStores stores = TestStores.inMemory();

  @Nested
  class OfRules extends RuleStoreContract {

    @Override
    protected TestStores stores() {
      return stores;
    }
  }

  @Nested
  class OfCodes extends CodeStoreContract {

    @Override
    protected TestStores stores() {
      return stores;
    }
  }

  @Nested
  class OfLimits extends LimitsContract {

    @Override
    protected TestStores stores() {
      return stores;
    }
  }
}
