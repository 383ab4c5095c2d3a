package kassa.adapters.persistence.rule;

import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.Stores;
import kassa.contract.CodeStoreContract;
import kassa.contract.RuleLimitContract;
import kassa.contract.RuleStoreContract;
import kassa.contract.fixture.OrderAndRuleStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class PostgresRuleStoresTest {

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
    return new OrderAndRuleStores(
        stores.orders(),
        stores.rules().rules(),
        stores.rules().codes(),
        stores.rules().limitUsage(),
        () -> PostgresServer.dropDatabase(url));
  }
}
