package kassa.adapters.persistence;

import java.nio.file.Path;
import kassa.contract.CodeStoreContract;
import kassa.contract.LimitsContract;
import kassa.contract.RuleStoreContract;
import kassa.contract.TestStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class H2RulesTest {

  @TempDir private Path folder;
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence =
        Persistence.open(new Persistence.Config("jdbc:h2:file:" + folder.resolve("kassa"), 4));
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
        persistence::close);
  }
}
