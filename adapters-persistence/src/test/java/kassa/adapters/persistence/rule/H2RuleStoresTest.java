package kassa.adapters.persistence.rule;

import java.nio.file.Path;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.contract.CodeStoreContract;
import kassa.contract.RuleLimitContract;
import kassa.contract.RuleStoreContract;
import kassa.contract.fixture.OrderAndRuleStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class H2RuleStoresTest {

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
        persistence.stores().orders(),
        persistence.stores().rules().rules(),
        persistence.stores().rules().codes(),
        persistence.stores().rules().limitUsage(),
        persistence::close);
  }
}
