package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

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
import kassa.domain.catalogue.Tag;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.Verdict;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

  private static final int FILES = 16;
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
  void keeps_all_of_an_order_whose_parts_were_rows(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(dialect.url(url), null, null)
          .locations(Migrations.COMMON, dialect.migrations())
          .placeholders(dialect.words())
          .target("7")
          .load()
          .migrate();
      OrderId id = new OrderId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));
      for (String statement : orderOfSchema7(id.value())) {
        TestDatabases.execute(database, statement);
      }

      assertThat(TestDatabases.migrate(database, url)).isPositive();

      JdbiOrderStore store = new JdbiOrderStore(database);
      Order order = store.find(id).orElseThrow();
      assertThat(order.metadata().entries()).containsExactly(entry("a", "1"), entry("b", ""));
      assertThat(order.price().lines().getFirst().line().tags())
          .extracting(Tag::value)
          .containsExactly("gift", "käse");
      assertThat(requireNonNull(order.price().shipping()).discounts())
          .extracting(Discount::label)
          .containsExactly("Free shipping", "The rest");
      assertThat(order.rejected())
          .extracting(each -> each.reason(), each -> each.rule() != null)
          .containsExactly(
              tuple(SkipReason.UNKNOWN_CODE, false), tuple(SkipReason.USAGE_LIMIT_REACHED, true));
      assertThat(store.trace(id).orElseThrow())
          .extracting(RuleTrace::label, trace -> trace.verdict().getClass())
          .containsExactly(
              tuple("Bulk 10%", Verdict.Applied.class),
              tuple("Free shipping", Verdict.Applied.class),
              tuple("Friends", Verdict.Skipped.class));
      assertThat(
              TestDatabases.number(
                  database,
                  "select cast(sum(amount) * 100 as bigint) from v1_order_discounts"
                      + " where line_position is null and sku is null"))
          .isEqualTo(490);
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
        .withMessage("the database has schema 999, and this version needs " + SchemaVersion.NEEDED);
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

  private static List<String> orderOfSchema7(UUID id) {
    String statements =
        """
        insert into orders (
          id, status, version, currency, currency_digits, subtotal, discount_total, total,
          refunded_total, shipping_amount, shipping_total, placed_at, updated_at)
        values (
          '%1$s', 'placed', 1, 'USD', 2, 100000, 10490, 90000, 0, 490, 0,
          timestamp with time zone '2026-06-15 12:00:00+00:00',
          timestamp with time zone '2026-06-15 12:00:00+00:00');
        insert into order_lines (
          order_id, position, sku, quantity, unit_price, subtotal, discount_total, total, placed_at)
        values (
          '%1$s', 0, 'MUG', 10, 100, 100000, 10000, 90000,
          timestamp with time zone '2026-06-15 12:00:00+00:00');
        insert into order_line_tags (order_id, line_position, tag)
        values ('%1$s', 0, 'käse'), ('%1$s', 0, 'gift');
        insert into order_discounts (
          order_id, line_position, position, rule_id, rule_version, label, amount)
        values ('%1$s', 0, 0, '%2$s1', 1, 'Bulk 10%%', 10000);
        insert into order_shipping_discounts (
          order_id, position, rule_id, rule_version, label, amount)
        values
          ('%1$s', 1, '%2$s2', 1, 'The rest', 90), ('%1$s', 0, '%2$s2', 1, 'Free shipping', 400);
        insert into order_metadata (order_id, name, content)
        values ('%1$s', 'b', ''), ('%1$s', 'a', '1');
        insert into order_rejections (order_id, position, code, rule_id, reason)
        values
          ('%1$s', 1, null, '%2$s1', 'usage_limit_reached'), ('%1$s', 0, 'nope', null, 'unknown_code');
        insert into order_trace (
          order_id, position, rule_id, rule_version, label, verdict, dropped, reason, path)
        values
          ('%1$s', 0, '%2$s1', 1, 'Bulk 10%%', 'applied', 0, null, null),
          ('%1$s', 2, '%2$s3', 1, 'Friends', 'skipped', null, 'conditions_not_met', '/conditions'),
          ('%1$s', 1, '%2$s2', 1, 'Free shipping', 'applied', 0, null, null)
        """
            .formatted(id, "019b76da-a800-7000-8000-00000000000");
    return List.of(statements.split(";", -1));
  }
}
