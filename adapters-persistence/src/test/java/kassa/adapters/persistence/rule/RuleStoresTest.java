package kassa.adapters.persistence.rule;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.Stores;
import kassa.contract.CodeStoreContract;
import kassa.contract.RuleLimitContract;
import kassa.contract.RuleStoreContract;
import kassa.contract.fixture.OrderAndRuleStores;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RuleStoresTest {

  @AutoClose private final TestDatabase database;

  RuleStoresTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Nested
  class Rules extends RuleStoreContract {

    @Override
    protected OrderAndRuleStores stores() {
      return testStores();
    }
  }

  @Nested
  class Codes extends CodeStoreContract {

    @Override
    protected OrderAndRuleStores stores() {
      return testStores();
    }
  }

  @Nested
  class LimitReservations extends RuleLimitContract {

    @Override
    protected OrderAndRuleStores stores() {
      return testStores();
    }
  }

  private OrderAndRuleStores testStores() {
    Stores stores = database.stores();
    return new OrderAndRuleStores(
        stores.orders(),
        stores.rules().rules(),
        stores.rules().codes(),
        stores.rules().limitUsage(),
        database::makeUnavailable);
  }
}
