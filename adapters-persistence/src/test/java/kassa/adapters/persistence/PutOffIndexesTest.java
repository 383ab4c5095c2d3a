package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kassa.contract.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PutOffIndexesTest {

  private static final int INDEXES = 13;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void the_schema_is_the_same_behind_the_work_and_has_no_indexes_meanwhile(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      List<String> before = schema(database);
      assertThat(before).filteredOn(PutOffIndexesTest::isIndex).hasSizeGreaterThan(INDEXES);

      PutOffIndexes.during(
          database,
          () -> {
            List<String> gone = new ArrayList<>(before);
            gone.removeAll(schema(database));
            assertThat(gone).hasSize(INDEXES).allMatch(PutOffIndexesTest::isIndex);
            SampleOrders.accept(new JdbiOrderStore(database), SampleOrders.fullest());
          });

      assertThat(schema(database)).containsExactlyInAnyOrderElementsOf(before);
      assertThat(putOff(database)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void work_that_throws_leaves_the_indexes_as_well(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      List<String> before = schema(database);
      IllegalStateException failure = new IllegalStateException("broken off");

      assertThatThrownBy(() ->
              PutOffIndexes.during(
                  database,
                  () -> {
                    throw failure;
                  }))
          .isSameAs(failure)
          .hasNoSuppressedExceptions();

      assertThat(schema(database)).containsExactlyInAnyOrderElementsOf(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_broken_off_is_put_right_when_the_database_is_opened(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    List<String> before;
    Order order;
    try (Database database = TestDatabases.open(url, 2)) {
      TestDatabases.migrate(database, url);
      before = schema(database);
      PutOffIndexes.putOff(database);
      order = SampleOrders.accept(new JdbiOrderStore(database), SampleOrders.fullest());
      // As if it had ended before it was written down that this one is built.
      TestDatabases.execute(
          database,
          "create index orders_newest_first on orders (placed_at desc, id desc, total_amount)");
      assertThat(putOff(database)).isEqualTo(INDEXES);
    }

    Persistence.open(new Persistence.Config(url, 2)).close();

    try (Database database = TestDatabases.open(url, 2)) {
      assertThat(putOff(database)).isZero();
      assertThat(schema(database)).containsExactlyInAnyOrderElementsOf(before);
      assertThat(new JdbiOrderStore(database).newestFirst(null, 10)).containsExactly(order);
    }
  }

  @Test
  void a_filling_that_was_killed_is_put_right_when_the_database_is_opened() throws Exception {
    String url = TestDatabases.newUrl(Dialect.H2, folder);
    Persistence.open(new Persistence.Config(url, 1)).close();
    List<String> before;
    try (Database database = TestDatabases.open(url, 1)) {
      before = schema(database);
    }
    Process process = AcceptingProcess.startFilling(url, 1);
    try (var output = process.inputReader()) {
      for (int i = 0; i < 40; i++) {
        assertThat(output.readLine()).isNotNull();
      }
      process.toHandle().destroyForcibly();
    }
    assertThat(process.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(putOff(database)).isEqualTo(INDEXES);
      assertThat(schema(database)).hasSize(before.size() - INDEXES);
    }

    Persistence.open(new Persistence.Config(url, 1)).close();

    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(schema(database)).containsExactlyInAnyOrderElementsOf(before);
      assertThat(new JdbiOrderStore(database).newestFirst(null, 100))
          .hasSizeGreaterThanOrEqualTo(40);
    }
    assertThat(Orphans.in(url)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void orders_are_found_by_the_same_indexes_afterwards(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    List<Order> kept = new ArrayList<>();
    try (Persistence persistence = Persistence.open(new Persistence.Config(url, 2))) {
      persistence.fill(() -> {
        for (int i = 0; i < 30; i++) {
          kept.add(SampleOrders.accept(persistence.orders(), SampleOrders.fullest()));
        }
      });

      for (OrderSort sort : OrderSort.values()) {
        assertThat(persistence.orders().list(OrderFilter.NONE, sort, null, 100))
            .containsExactlyInAnyOrderElementsOf(kept);
      }
    }
  }

  private static boolean isIndex(String statement) {
    return statement.startsWith("CREATE INDEX ");
  }

  private static long putOff(Database database) {
    return TestDatabases.number(database, "select count(*) from put_off_indexes");
  }

  private static List<String> schema(Database database) {
    String schema =
        database.dialect() == Dialect.H2
            ? "script nodata nopasswords nosettings"
            : "select indexdef from pg_indexes where schemaname = current_schema()";
    return strings(database, schema).stream()
        .filter(statement -> !statement.startsWith("--"))
        .map(statement -> statement.replaceAll("RESTART WITH \\d+ ?", ""))
        .toList();
  }

  private static List<String> strings(Database database, String sql) {
    return database.ask("look at a test's outcome", handle -> strings(handle, sql));
  }

  private static List<String> strings(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(String.class).list();
  }
}
