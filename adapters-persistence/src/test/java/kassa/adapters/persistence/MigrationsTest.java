package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kassa.contract.SampleOrders;
import kassa.domain.order.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

  private static final int FILES = 2;
  private static final int NODES = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void applies_every_file_to_an_empty_database_and_none_the_next_time(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(TestDatabases.migrate(database, url)).isEqualTo(FILES);
      assertThat(TestDatabases.migrate(database, url)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void applies_what_is_missing_to_a_database_of_before_and_leaves_its_orders(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      Order order = new JdbiOrderStore(database).accept(SampleOrders.rich());
      TestDatabases.execute(database, "drop table product_tags");
      TestDatabases.execute(database, "drop table products");
      TestDatabases.execute(
          database, "delete from \"flyway_schema_history\" where \"version\" = '2'");

      assertThat(TestDatabases.migrate(database, url)).isEqualTo(1);

      assertThat(new JdbiOrderStore(database).newestFirst(null, 10)).containsExactly(order);
      assertThat(new JdbiProductStore(database).risingBySku(null, 10)).isEmpty();
    }
  }

  @Test
  void the_version_that_is_needed_is_that_of_the_last_file() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/db/migration"))) {
      List<Integer> versions =
          files
              .map(file -> file.getFileName().toString().replaceFirst("V([0-9]+)__.*", "$1"))
              .map(Integer::valueOf)
              .sorted()
              .toList();

      assertThat(versions).hasSize(FILES).last().hasToString(SchemaVersion.NEEDED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refuses_a_schema_that_is_newer_than_this_version(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      TestDatabases.execute(
          database,
          """
          insert into "flyway_schema_history" (
            "installed_rank", "version", "description", "type", "script", "installed_by",
            "execution_time", "success")
          values (99, '999', 'later', 'SQL', 'V999__later.sql', 'somebody', 1, true)
          """);
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> Persistence.open(new Persistence.Config(url, 1)))
        .withMessage("the database has schema 999, and this version needs 2");
  }

  @Test
  void nodes_that_start_together_migrate_once() throws Exception {
    String url = PostgresServer.newDatabase();

    List<Integer> applied =
        together(() -> {
          try (Database database = TestDatabases.open(url, 1)) {
            return TestDatabases.migrate(database, url);
          }
        });

    assertThat(applied).containsExactlyInAnyOrder(FILES, 0, 0);
  }

  @Test
  void nodes_that_start_together_share_their_keys() throws Exception {
    String url = PostgresServer.newDatabase();

    List<String> keys =
        together(() -> {
          try (Persistence persistence = Persistence.open(new Persistence.Config(url, 1))) {
            return HexFormat.of().formatHex(persistence.cursorKey());
          }
        });

    assertThat(keys).hasSize(NODES).containsOnly(keys.getFirst());
  }

  private static <T> List<T> together(Callable<T> node) throws Exception {
    CyclicBarrier start = new CyclicBarrier(NODES);
    List<Future<T>> running = new ArrayList<>();
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(NODES)) {
      for (int i = 0; i < NODES; i++) {
        running.add(
            executor.submit(() -> {
              start.await();
              return node.call();
            }));
      }
      for (Future<T> future : running) {
        results.add(future.get());
      }
    }
    return results;
  }
}
