package kassa.adapters.persistence;

import kassa.contract.CodeStoreContract;
import kassa.contract.LimitsContract;
import kassa.contract.RuleStoreContract;
import kassa.contract.TestStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class PostgresRulesTest {

  private final String url = PostgresServer.newDatabase();
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence = Persistence.open(new Persistence.Config(url, 4));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Nested
  class OfRules extends RuleStoreContract {

    @Override
    protected TestStores stores() {
      return testStores();
    }
  }

  @Nested
  class OfCodes extends CodeStoreContract {

    @Override
    protected TestStores stores() {
      return testStores();
    }
  }

  @Nested
  class OfLimits extends LimitsContract {

    @Override
    protected TestStores stores() {
      return testStores();
    }
  }

  private TestStores testStores() {
    return new TestStores(
        persistence.orders(),
        persistence.rules(),
        persistence.codes(),
        persistence.usages(),
        () -> PostgresServer.takeAway(url));
  }
}
