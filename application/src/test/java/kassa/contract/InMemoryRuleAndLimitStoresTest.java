package kassa.contract;

import kassa.contract.fixture.OrderAndRuleStores;
import org.junit.jupiter.api.Nested;

class InMemoryRuleAndLimitStoresTest {

  private final OrderAndRuleStores stores = OrderAndRuleStores.inMemory();

  @Nested
  class Rules extends RuleStoreContract {

    @Override
    protected OrderAndRuleStores stores() {
      return stores;
    }
  }

  @Nested
  class Codes extends CodeStoreContract {

    @Override
    protected OrderAndRuleStores stores() {
      return stores;
    }
  }

  @Nested
  class RuleLimits extends RuleLimitContract {

    @Override
    protected OrderAndRuleStores stores() {
      return stores;
    }
  }
}
