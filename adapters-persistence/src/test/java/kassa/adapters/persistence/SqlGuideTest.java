package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every question of docs/sql.md has the answer that stands there, on both databases. */
class SqlGuideTest {

  private final SqlGuide guide = SqlGuide.read();

  @TempDir private Path folder;

  @Test
  void holds_twenty_questions() {
    assertThat(guide.questions()).hasSize(20);
  }

  @TestFactory
  Stream<DynamicTest> on_h2() {
    return answered(Dialect.H2);
  }

  @TestFactory
  Stream<DynamicTest> on_postgresql() {
    return answered(Dialect.POSTGRESQL);
  }

  private Stream<DynamicTest> answered(Dialect dialect) {
    Persistence persistence =
        Persistence.open(new Persistence.Config(TestDatabases.newUrl(dialect, folder), 2));
    guide.placeOrders(persistence);
    return guide.questions().stream()
        .map(question ->
            DynamicTest.dynamicTest(question.title(), () -> check(persistence, question)))
        .onClose(persistence::close);
  }

  private static void check(Persistence persistence, SqlGuide.Question question) throws Exception {
    Gathered found = Gathered.of(persistence, question.sql());

    assertThat(found.columns()).as("columns").isEqualTo(question.columns());
    assertThat(found.rows()).as("rows").isEqualTo(question.rows());
  }

  /** An answer as a whole. */
  record Gathered(List<String> columns, List<List<String>> rows) implements Persistence.Answer {

    static Gathered of(Persistence persistence, String sql) throws Exception {
      Gathered gathered = new Gathered(new ArrayList<>(), new ArrayList<>());
      persistence.ask(new Persistence.Question(sql, 1_000, Duration.ofSeconds(10)), gathered);
      return gathered;
    }

    @Override
    public void columns(List<Persistence.Column> found) {
      found.forEach(column -> columns.add(column.name()));
    }

    @Override
    public void row(List<@Nullable String> values) {
      rows.add(values.stream().map(value -> value == null ? "" : value).toList());
    }
  }
}
