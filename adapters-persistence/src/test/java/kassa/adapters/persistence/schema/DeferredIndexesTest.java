package kassa.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.OrderWritingProcess;
import kassa.adapters.persistence.fixture.OrphanRows;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeferredIndexesTest {

  private static final int INDEX_COUNT = 12;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void drops_the_indexes_during_the_work_and_rebuilds_them_after(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      List<String> before = schema(database);
      assertThat(before).filteredOn(DeferredIndexesTest::isIndex).hasSizeGreaterThan(INDEX_COUNT);

      DeferredIndexes.runWithoutIndexes(
          database,
          () -> {
            List<String> dropped = new ArrayList<>(before);
            dropped.removeAll(schema(database));
            assertThat(dropped).hasSize(INDEX_COUNT).allMatch(DeferredIndexesTest::isIndex);
            SampleOrders.insert(new JdbiOrderStore(database), SampleOrders.withAllFields());
          });

      assertThat(schema(database)).containsExactlyInAnyOrderElementsOf(before);
      assertThat(countDeferred(database)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void rebuilds_the_indexes_if_the_work_throws(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      List<String> before = schema(database);
      IllegalStateException failure = new IllegalStateException("aborted");

      assertThatThrownBy(() ->
              DeferredIndexes.runWithoutIndexes(
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
  void opening_the_database_rebuilds_leftover_indexes(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    List<String> before;
    Order order;
    try (Database database = TestDatabases.open(url, 2)) {
      TestDatabases.migrate(database, url);
      before = schema(database);
      DeferredIndexes.deferAll(database);
      order = SampleOrders.insert(new JdbiOrderStore(database), SampleOrders.withAllFields());
      // As if the process had been killed after it built this index and before it deleted the row.
      TestDatabases.executeSql(
          database,
          "create index idx_orders_placed_at on orders (placed_at desc, id desc, total_major)");
      assertThat(countDeferred(database)).isEqualTo(INDEX_COUNT);
    }

    Persistence.open(new PersistenceConfig(url, 2)).close();

    try (Database database = TestDatabases.open(url, 2)) {
      assertThat(countDeferred(database)).isZero();
      assertThat(schema(database)).containsExactlyInAnyOrderElementsOf(before);
      assertThat(new JdbiOrderStore(database).listNewestFirst(null, 10)).containsExactly(order);
    }
  }

  @Test
  void opening_the_database_recovers_a_killed_bulk_load() throws Exception {
    String url = TestDatabases.newUrl(Dialect.H2, folder);
    Persistence.open(new PersistenceConfig(url, 1)).close();
    List<String> before;
    try (Database database = TestDatabases.open(url, 1)) {
      before = schema(database);
    }
    Process process = OrderWritingProcess.startBulkLoad(url, 1);
    try (var output = process.inputReader()) {
      for (int i = 0; i < 40; i++) {
        assertThat(output.readLine()).isNotNull();
      }
      process.toHandle().destroyForcibly();
    }
    assertThat(process.waitFor()).as("exit code of kill -9").isEqualTo(128 + 9);
    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(countDeferred(database)).isEqualTo(INDEX_COUNT);
      assertThat(schema(database)).hasSize(before.size() - INDEX_COUNT);
    }

    Persistence.open(new PersistenceConfig(url, 1)).close();

    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(schema(database)).containsExactlyInAnyOrderElementsOf(before);
      assertThat(new JdbiOrderStore(database).listNewestFirst(null, 100))
          .hasSizeGreaterThanOrEqualTo(40);
    }
    assertThat(OrphanRows.find(url)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void orders_are_found_after_a_bulk_load(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    List<Order> stored = new ArrayList<>();
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 2))) {
      persistence.bulkLoad(() -> {
        for (int i = 0; i < 30; i++) {
          stored.add(
              SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields()));
        }
      });

      for (OrderSort sort : OrderSort.values()) {
        assertThat(persistence.stores().orders().list(OrderFilter.ALL, sort, null, 100))
            .containsExactlyInAnyOrderElementsOf(stored);
      }
    }
  }

  private static boolean isIndex(String statement) {
    return statement.startsWith("CREATE INDEX ");
  }

  private static long countDeferred(Database database) {
    return TestDatabases.queryNumber(database, "select count(*) from deferred_indexes");
  }

  private static List<String> schema(Database database) {
    String schema =
        database.dialect() == Dialect.H2
            ? "script nodata nopasswords nosettings"
            : "select indexdef from pg_indexes where schemaname = current_schema()";
    return strings(database, schema).stream()
        .filter(statement -> !statement.startsWith("--"))
        .map(statement -> statement.replaceAll(" RESTART WITH \\d+", ""))
        .toList();
  }

  private static List<String> strings(Database database, String sql) {
    return database.query("query texts", handle -> strings(handle, sql));
  }

  private static List<String> strings(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(String.class).list();
  }
}
