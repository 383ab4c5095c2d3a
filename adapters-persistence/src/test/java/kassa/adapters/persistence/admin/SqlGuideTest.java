package kassa.adapters.persistence.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.CollectedResult;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Dialect;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example in docs/reference/sql.md returns the documented result, on both dialects. */
class SqlGuideTest {

  private final SqlGuide guide = SqlGuide.read();

  @TempDir private Path folder;

  @Test
  void guide_has_twenty_examples() {
    assertThat(guide.examples()).hasSize(20);
  }

  @TestFactory
  Stream<DynamicTest> examples_match_on_h2() {
    return exampleTests(Dialect.H2);
  }

  @TestFactory
  Stream<DynamicTest> examples_match_on_postgresql() {
    return exampleTests(Dialect.POSTGRESQL);
  }

  private Stream<DynamicTest> exampleTests(Dialect dialect) {
    Persistence persistence =
        Persistence.open(new PersistenceConfig(TestDatabases.newUrl(dialect, folder), 2));
    guide.placeOrders(persistence);
    return guide.examples().stream()
        .map(example -> DynamicTest.dynamicTest(example.title(), () -> check(persistence, example)))
        .onClose(persistence::close);
  }

  private static void check(Persistence persistence, SqlGuide.SqlExample example) throws Exception {
    CollectedResult result = CollectedResult.of(persistence, example.sql());

    assertThat(result.columns()).as("columns").isEqualTo(example.columns());
    assertThat(result.rows()).as("rows").isEqualTo(example.rows());
  }
}
