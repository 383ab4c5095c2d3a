package kassa.adapters.persistence.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Dialect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every question of docs/reference/sql.md has the answer that stands there, on both databases. */
public class SqlGuideTest {

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
    CollectedResult found = CollectedResult.of(persistence, example.sql());

    assertThat(found.columns()).as("columns").isEqualTo(example.columns());
    assertThat(found.rows()).as("rows").isEqualTo(example.rows());
  }

  /** An answer as a whole. */
  public record CollectedResult(List<String> columns, List<List<String>> rows)
      implements ResultSink {

    public static CollectedResult of(Persistence persistence, String sql) throws Exception {
      CollectedResult gathered = new CollectedResult(new ArrayList<>(), new ArrayList<>());
      persistence.query(new SqlQuery(sql, 1_000, Duration.ofSeconds(10)), gathered);
      return gathered;
    }

    @Override
    public void columns(List<ResultColumn> found) {
      found.forEach(column -> columns.add(column.name()));
    }

    @Override
    public void row(List<@Nullable String> values) {
      rows.add(values.stream().map(value -> value == null ? "" : value).toList());
    }
  }
}
