package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

  private static final int FILES = 6;
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
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(dialect.url(url), null, null)
          .locations("classpath:META-INF/db/migration")
          .target("1")
          .load()
          .migrate();
      UUID id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
      for (String statement : orderOfSchema1(id)) {
        TestDatabases.execute(database, statement);
      }

      assertThat(TestDatabases.migrate(database, url)).isEqualTo(FILES - 1);

      Order order = new JdbiOrderStore(database).find(new OrderId(id)).orElseThrow();
      assertThat(order.price().total()).hasToString("900.00 USD");
      assertThat(order.price().discounts()).hasSize(1);
      assertThat(order.price().shipping()).isNull();
      assertThat(order.rejected()).isEmpty();
      assertThat(new JdbiProductStore(database).risingBySku(null, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_version_that_is_needed_is_that_of_the_last_file(Dialect dialect) throws IOException {
    try (Stream<Path> common = Files.list(folder(Migrations.COMMON));
        Stream<Path> own = Files.list(folder(dialect.migrations()))) {
      List<Integer> versions =
          Stream.concat(common, own)
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
        .withMessage("the database has schema 999, and this version needs 7");
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

  private static Path folder(String location) {
    return Path.of("src/main/resources", location.substring("classpath:".length()));
  }

  private static List<String> orderOfSchema1(UUID id) {
    String statements =
        """
        insert into orders (
          id, status, version, currency, currency_digits, subtotal, discount_total, total,
          refunded_total, placed_at, updated_at)
        values (
          '%1$s', 'placed', 1, 'USD', 2, 100000, 10000, 90000, 0,
          timestamp with time zone '2026-06-15 12:00:00+00:00',
          timestamp with time zone '2026-06-15 12:00:00+00:00');
        insert into order_lines (
          order_id, position, sku, quantity, unit_price, subtotal, discount_total, total)
        values ('%1$s', 0, 'MUG', 10, 100, 100000, 10000, 90000);
        insert into order_discounts (
          order_id, line_position, position, rule_id, rule_version, label, amount)
        values ('%1$s', 0, 0, '019b76da-a800-7000-8000-000000000001', 1, 'Bulk 10%%', 10000)
        """
            .formatted(id);
    return List.of(statements.split(";", -1));
  }
}
