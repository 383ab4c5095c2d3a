package kassa.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.adapters.persistence.usage.JdbiUsageStore;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotentRequest;
import kassa.domain.money.Money;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.UsageCounter;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

  private static final int NODES = 3;

  /** In which ~ stands for a combining diaeresis. */
  private static final String IDENTIFIERS_IN_NFD =
      """
      insert into users (id, email, name, role, disabled, version, password_hash, created_at)
      values
        ('00000000-0000-7000-8000-000000000001', 'jo~rg@example.com', 'Jo~rg', 'customer', false, 1,
          'x', current_timestamp),
        ('00000000-0000-7000-8000-000000000002', 'a~@b', 'a', 'customer', false, 1, 'x',
          current_timestamp),
        ('00000000-0000-7000-8000-000000000003', '\u00e4@b', 'b', 'customer', false, 1, 'x',
          current_timestamp);
      insert into api_keys (id, key_hash, name, scopes, created_by, created_at)
      values ('00000000-0000-7000-8000-000000000004', 'x', 'Ba~r', array['orders:read'], 'usr_1',
        current_timestamp);
      insert into products (
        sku, sku_utf8, name, currency, unit_price, active, version, created_at, updated_at)
      select s.sku, sort_key, s.name, 'EUR', 1, true, 1, current_timestamp, current_timestamp
      from (values
        ('Ka~se', cast('a' as bytea), 'a'), ('.', cast('b' as bytea), 'b'),
        ('..', cast('c' as bytea), 'c'), ('Ta~', cast('d' as bytea), 'twin'),
        ('T\u00e4', cast('e' as bytea), 'twin')
      ) as s (sku, sort_key, name);
      insert into product_tags (sku, tag)
      values ('Ka~se', 'gru~n'), ('Ka~se', 'gr\u00fcn'), ('.', 'gru~n'), ('..', 'x');
      insert into orders (
        id, status, version, currency, currency_digits, subtotal, discount_total, total,
        refunded_total, tax_total, placed_at, updated_at, customer_id)
      values ('00000000-0000-7000-8000-000000000005', 'placed', 1, 'EUR', 2, 1, 0, 1, 0, 0,
        current_timestamp, current_timestamp, 'Jo~rg');
      insert into order_lines (
        order_id, position, sku, quantity, unit_price, subtotal, discount_total, total,
        tax_total, placed_at, order_total_major)
      values
        ('00000000-0000-7000-8000-000000000005', 0, 'Ka~se', 1, 1, 1, 0, 1, 0, current_timestamp,
          1),
        ('00000000-0000-7000-8000-000000000005', 1, 'Ta~', 1, 1, 1, 0, 1, 0, current_timestamp, 1);
      insert into codes (
        normalized_code, normalized_code_utf8, code, rule_id, defined_by_rule, created_at)
      values
        ('fru~h', cast('a' as bytea), 'FRU~H', '019b76da-a800-7000-8000-000000000001', false,
          current_timestamp),
        ('sa\u200bve', cast('b' as bytea), 'Sa\u200bve', '019b76da-a800-7000-8000-000000000001',
          false, current_timestamp);
      insert into redemptions (
        order_id, rule_id, rule_version, normalized_code, customer_id, currency, amount,
        reusable_after_cancel, released, redeemed_at, order_total_major)
      values ('00000000-0000-7000-8000-000000000005', '019b76da-a800-7000-8000-000000000001', 1,
        'fru~h', 'Jo~rg', 'EUR', 1, false, false, current_timestamp, 1);
      insert into rule_usage_counters (rule_id, kind, subject, used)
      values
        ('019b76da-a800-7000-8000-000000000001', 'code', 'fru~h', 1),
        ('019b76da-a800-7000-8000-000000000001', 'customer', 'Jo~rg', 2),
        ('019b76da-a800-7000-8000-000000000001', 'customer', 'J\u00f6rg', 3),
        ('019b76da-a800-7000-8000-000000000001', 'customer', '\u212b', 4),
        ('019b76da-a800-7000-8000-000000000001', 'customer', 'A\u030a', 5),
        ('019b76da-a800-7000-8000-000000000001', 'spend', 'Jo~rg', 6);
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void migrates_an_empty_database_once(Dialect dialect) throws IOException {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(TestDatabases.migrate(database, url)).isEqualTo(versions(dialect).size());
      assertThat(TestDatabases.migrate(database, url)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void required_version_is_the_version_of_the_last_migration(Dialect dialect) throws IOException {
    assertThat(versions(dialect)).last().hasToString(SchemaVersion.REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({"3, -1", "3.2, -1", "4.1, -1", "999, 1", "999.1, 1"})
  void compares_versions_with_dots(String version, int expected) {
    assertThat(SchemaVersion.isVersion(version)).isTrue();
    assertThat(Integer.signum(SchemaVersion.compareToRequired(version))).isEqualTo(expected);
    assertThat(SchemaVersion.isVersion(SchemaVersion.REQUIRED)).isTrue();
    assertThat(SchemaVersion.compareToRequired(SchemaVersion.REQUIRED)).isZero();
  }

  /** Two refunds of an order of 119.00 with 19.00 tax, which were stored without their tax. */
  @ParameterizedTest
  @EnumSource
  void computes_the_tax_of_earlier_refunds(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      Flyway.configure()
          .dataSource(dialect.jdbcUrl(url), null, null)
          .locations(Migrations.COMMON_LOCATION, dialect.migrationLocation())
          .placeholders(dialect.migrationPlaceholders())
          .target("2")
          .load()
          .migrate();
      TestDatabases.executeSql(
          database,
          """
          insert into orders (
            id, status, version, currency, currency_digits, subtotal, discount_total, total,
            refunded_total, tax_total, placed_at, updated_at)
          values ('00000000-0000-7000-8000-000000000001', 'paid', 4, 'EUR', 2, 10000, 0, 11900,
            11900, 1900, current_timestamp, current_timestamp);
          insert into order_lines (
            order_id, position, sku, quantity, unit_price, subtotal, discount_total, total,
            tax_total, placed_at, order_total_major)
          values ('00000000-0000-7000-8000-000000000001', 0, 'MUG', 10, 10, 10000, 0, 11900, 1900,
            current_timestamp, 119);
          insert into refunds (
            order_id, version, refunded_at, adjustment_amount, shipping_amount, total)
          values
            ('00000000-0000-7000-8000-000000000001', 3, current_timestamp, 0, 0, 1190),
            ('00000000-0000-7000-8000-000000000001', 4, current_timestamp, 10710, 0, 10710);
          insert into refund_lines (order_id, version, position, sku, units, amount)
          values ('00000000-0000-7000-8000-000000000001', 3, 0, 'MUG', 1, 1190);
          """);

      TestDatabases.migrate(database, url);

      List<Long> taxes =
          database.query(
              "read taxes",
              handle ->
                  handle
                      .createQuery(
                          "select tax_total from refunds union all select tax from refund_lines"
                              + " order by 1")
                      .mapTo(Long.class)
                      .list());
      assertThat(taxes).containsExactly(190L, 190L, 1710L);
    }
  }

  /** Three refunds of an order with parts of units, stored in units: a started unit was one. */
  @ParameterizedTest
  @EnumSource
  void converts_the_units_of_earlier_refunds_to_quantities(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      migrateTo("4.2", dialect, url);
      TestDatabases.executeSql(
          database,
          """
          insert into order_lines (
            order_id, position, sku, quantity, unit_price, subtotal, discount_total, total,
            tax_total, placed_at, order_total_major)
          values
            ('00000000-0000-7000-8000-000000000001', 0, 'TEA', 1.5, 10, 1500, 0, 1500, 0,
              current_timestamp, 58),
            ('00000000-0000-7000-8000-000000000001', 1, 'MUG', 3, 10, 3000, 0, 3000, 0,
              current_timestamp, 58),
            ('00000000-0000-7000-8000-000000000001', 2, 'TEA', 1.3, 10, 1300, 0, 1300, 0,
              current_timestamp, 58);
          insert into refund_lines (order_id, version, position, sku, units, amount, tax)
          values
            ('00000000-0000-7000-8000-000000000001', 3, 0, 'TEA', 1, 1000, 0),
            ('00000000-0000-7000-8000-000000000001', 3, 1, 'MUG', 2, 2000, 0),
            ('00000000-0000-7000-8000-000000000001', 4, 0, 'TEA', 2, 1500, 0),
            ('00000000-0000-7000-8000-000000000001', 5, 0, 'TEA', 1, 300, 0);
          """);

      TestDatabases.migrate(database, url);

      List<String> quantities =
          database.query(
              "read quantities",
              handle ->
                  handle
                      .createQuery(
                          "select quantity || ' ' || units from v1_refund_lines"
                              + " order by version, position")
                      .mapTo(String.class)
                      .list());
      assertThat(quantities).containsExactly("1.000 1", "2.000 2", "1.500 2", "0.300 1");
    }
  }

  /** Rows as older versions stored them: identifiers in NFD, with invisible characters, dots. */
  @ParameterizedTest
  @EnumSource
  void normalizes_identifiers_that_no_other_row_has(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      migrateTo("5", dialect, url);
      TestDatabases.executeSql(database, IDENTIFIERS_IN_NFD.replace("~", "\u0308"));

      TestDatabases.migrate(database, url);

      assertThat(texts(database, "select email || ' ' || name from users"))
          .containsExactlyInAnyOrder(
              "j\u00f6rg@example.com J\u00f6rg", "a\u0308@b a", "\u00e4@b b");
      assertThat(texts(database, "select name from api_keys")).containsExactly("B\u00e4r");
      assertThat(
              texts(
                  database,
                  "select p.sku || ' ' || t.tag from products p join product_tags t on t.sku ="
                      + " p.sku where p.name <> 'twin'"))
          .containsExactlyInAnyOrder("K\u00e4se gr\u00fcn", "_. gr\u00fcn", "_.. x");
      assertThat(texts(database, "select sku from products where name = 'twin'"))
          .containsExactlyInAnyOrder("Ta\u0308", "T\u00e4");
      byte[] sortKey =
          database.query(
              "read a sort key",
              handle ->
                  handle
                      .createQuery("select sku_utf8 from products where sku = 'K\u00e4se'")
                      .mapTo(byte[].class)
                      .one());
      assertThat(sortKey).isEqualTo("K\u00e4se".getBytes(StandardCharsets.UTF_8));
      assertThat(texts(database, "select sku from order_lines"))
          .containsExactlyInAnyOrder("K\u00e4se", "Ta\u0308");
      assertThat(texts(database, "select normalized_code || ' ' || code from codes"))
          .containsExactlyInAnyOrder("fr\u00fch FR\u00dcH", "save Save");
      assertThat(texts(database, "select normalized_code || ' ' || customer_id from redemptions"))
          .containsExactly("fr\u00fch J\u00f6rg");
      assertThat(
              texts(
                  database,
                  "select kind || ' ' || subject || ' ' || used from rule_usage_counters"))
          .containsExactlyInAnyOrder(
              "customer J\u00f6rg 5",
              "customer \u00c5 9",
              "code fr\u00fch 1",
              "spend Jo\u0308rg 6");
      assertThat(texts(database, "select customer_id from orders")).containsExactly("J\u00f6rg");
    }
  }

  /** With one scan of the tables for each customer this would take hours for a large shop. */
  @ParameterizedTest
  @EnumSource
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void normalizes_thousands_of_customers_with_one_statement_per_column(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    String series = dialect == Dialect.H2 ? "system_range(1, 20000)" : "generate_series(1, 20000)";
    try (Database database = TestDatabases.open(url, 1)) {
      migrateTo("6", dialect, url);
      TestDatabases.executeSql(
          database,
          """
          insert into redemptions (
            order_id, rule_id, rule_version, customer_id, currency, amount,
            reusable_after_cancel, released, redeemed_at, order_total_major)
          select cast('00000000-0000-7000-8000-' || lpad(cast(x as varchar), 12, '0') as uuid),
            cast('019b76da-a800-7000-8000-000000000001' as uuid), 1, 'Jo\u0308rg' || x, 'EUR', 1,
            false, false, current_timestamp, 1
          from %1$s as s (x);
          insert into rule_usage_counters (rule_id, kind, subject, used)
          select cast('019b76da-a800-7000-8000-000000000001' as uuid), 'customer',
            'Jo\u0308rg' || x, 1
          from %1$s as s (x);
          """
              .formatted(series));

      TestDatabases.migrate(database, url);

      assertThat(
              TestDatabases.queryNumber(
                  database, "select count(*) from redemptions where customer_id like 'J\u00f6rg%'"))
          .isEqualTo(20_000);
      assertThat(
              TestDatabases.queryNumber(
                  database,
                  "select sum(used) from rule_usage_counters where subject like 'J\u00f6rg%'"))
          .isEqualTo(20_000);
    }
  }

  private static List<String> texts(Database database, String sql) {
    return database.query(
        "read texts", handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @ParameterizedTest
  @EnumSource
  void keeps_the_responses_of_earlier_idempotency_records(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      migrateTo("5", dialect, url);
      TestDatabases.executeSql(
          database,
          """
          insert into idempotency_records (
            caller, idempotency_key, request_fingerprint, response_status, response_location,
            response_etag, response_body, created_at)
          values
            ('usr_1', 'full', 'POST /v1/orders x', 201, '/v1/orders/1', '"1"', '{"a": 1}',
              timestamp with time zone '2026-11-30 12:00:00.123456+00:00'),
            ('', 'empty', 'POST /v1/x', 204, null, null, '', current_timestamp);
          """);

      TestDatabases.migrate(database, url);

      JdbiIdempotencyStore store = new JdbiIdempotencyStore(database);
      assertThat(store.find(new IdempotencyKey("usr_1", "full")))
          .contains(
              new IdempotencyRecord(
                  new IdempotentRequest(new IdempotencyKey("usr_1", "full"), "POST /v1/orders x"),
                  Instant.parse("2026-11-30T12:00:00.123456Z"),
                  new Result.Response("201\n/v1/orders/1\n\"1\"\n{\"a\": 1}")));
      assertThat(store.find(new IdempotencyKey("", "empty")).orElseThrow().result())
          .isEqualTo(new Result.Response("204\n\n\n"));
    }
  }

  /** Traces as arrays, with characters that the text escapes. */
  @ParameterizedTest
  @EnumSource
  void keeps_earlier_orders_with_their_pricing_traces(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    OrderId id = new OrderId(UUID.fromString("00000000-0000-7000-8000-000000000005"));
    try (Database database = TestDatabases.open(url, 1)) {
      migrateTo("6", dialect, url);
      TestDatabases.executeSql(
          database,
          """
          insert into orders (
            id, status, version, currency, currency_digits, subtotal, discount_total, total,
            refunded_total, tax_total, placed_at, updated_at, customer_id)
          values ('00000000-0000-7000-8000-000000000005', 'placed', 1, 'EUR', 2, 1000, 100, 900, 0,
            0, current_timestamp, current_timestamp, 'c-1');
          insert into order_lines (
            order_id, position, sku, quantity, unit_price, subtotal, discount_total, total,
            tax_total, placed_at, order_total_major)
          values ('00000000-0000-7000-8000-000000000005', 0, 'MUG', 10, 1, 1000, 100, 900, 0,
            current_timestamp, 9);
          insert into order_discounts (
            order_id, line_position, position, rule_id, rule_version, label, amount)
          values ('00000000-0000-7000-8000-000000000005', 0, 0,
            '019b76da-a800-7000-8000-000000000001', 1, 'Bulk', 100);
          insert into redemptions (
            order_id, rule_id, rule_version, customer_id, currency, amount,
            reusable_after_cancel, released, redeemed_at, order_total_major)
          values ('00000000-0000-7000-8000-000000000005', '019b76da-a800-7000-8000-000000000001',
            1, 'c-1', 'EUR', 100, false, false, current_timestamp, 9);
          insert into pricing_traces (
            order_id, rule_ids, rule_versions, labels, outcomes, codes, unapplied_amounts,
            skip_reasons, condition_pointers, expected_values, actual_values)
          values ('00000000-0000-7000-8000-000000000005',
            array[cast('019b76da-a800-7000-8000-000000000001' as uuid),
              cast('019b76da-a800-7000-8000-000000000002' as uuid),
              cast('019b76da-a800-7000-8000-000000000003' as uuid)],
            array[1, 7, 8], array['Bulk', 'a' || chr(9) || chr(10) || chr(92), ''],
            array['applied', 'skipped', 'applied'], array[cast(null as varchar), null, 'S\\N'],
            array[12, cast(null as bigint), 0], array[cast(null as varchar), 'conditions_not_met', null],
            array[cast(null as varchar), '/when', null], array[cast(null as varchar), '5', null],
            array[cast(null as varchar), null, null]);
          """);

      TestDatabases.migrate(database, url);

      JdbiOrderStore store = new JdbiOrderStore(database);
      Money zero = new Money(0, Currency.getInstance("EUR"));
      assertThat(store.find(id).orElseThrow().price().total().minorUnits()).isEqualTo(900);
      assertThat(store.trace(id).orElseThrow())
          .containsExactly(
              new RuleTrace(
                  rule(1),
                  1,
                  "Bulk",
                  new RuleOutcome.Applied(
                      null,
                      List.of(new RuleOutcome.LineDiscount(0, new Money(100, zero.currency()))),
                      zero,
                      new Money(12, zero.currency()))),
              new RuleTrace(
                  rule(2),
                  7,
                  "a\t\n\\",
                  new RuleOutcome.Skipped(SkipReason.CONDITIONS_NOT_MET, "/when", "5", null)),
              new RuleTrace(
                  rule(3),
                  8,
                  "",
                  new RuleOutcome.Applied(new Code("S\\N"), List.of(), zero, zero)));
      assertThat(
              new JdbiUsageStore(database)
                  .read(List.of(UsageCounter.ofCustomer(rule(1), "c-1")))
                  .values())
          .containsExactly(1L);
    }
  }

  private static RuleId rule(int number) {
    return RuleId.of(UUID.fromString("019b76da-a800-7000-8000-00000000000" + number));
  }

  private static void migrateTo(String version, Dialect dialect, String url) {
    Flyway.configure()
        .dataSource(dialect.jdbcUrl(url), null, null)
        .locations(Migrations.COMMON_LOCATION, dialect.migrationLocation())
        .placeholders(dialect.migrationPlaceholders())
        .target(version)
        .load()
        .migrate();
  }

  @ParameterizedTest
  @EnumSource
  void rejects_a_newer_schema(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      TestDatabases.executeSql(
          database,
          """
          insert into "flyway_schema_history" (
            "installed_rank", "version", "description", "type", "script", "installed_by",
            "execution_time", "success")
          values (99, '999', 'later', 'SQL', 'V999__later.sql', 'test', 1, true)
          """);
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> Persistence.open(new PersistenceConfig(url, 1)))
        .withMessage(
            "the database has schema version 999, but this version of Kassa requires "
                + SchemaVersion.REQUIRED);
  }

  @Test
  void nodes_that_start_concurrently_migrate_once() throws Exception {
    String url = PostgresServer.newEmptyDatabase();

    List<Integer> applied =
        runConcurrently(() -> {
          try (Database database = TestDatabases.open(url, 1)) {
            return TestDatabases.migrate(database, url);
          }
        });

    assertThat(applied).containsExactlyInAnyOrder(versions(Dialect.POSTGRESQL).size(), 0, 0);
  }

  @Test
  void nodes_that_start_concurrently_share_their_keys() throws Exception {
    String url = PostgresServer.newEmptyDatabase();

    List<String> keys =
        runConcurrently(() -> {
          try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 1))) {
            return HexFormat.of().formatHex(persistence.cursorKey());
          }
        });

    assertThat(keys).hasSize(NODES).containsOnly(keys.getFirst());
  }

  private static <T> List<T> runConcurrently(Callable<T> node) throws Exception {
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

  /** The versions of the migrations of a dialect, in order. */
  private static List<MigrationVersion> versions(Dialect dialect) throws IOException {
    try (Stream<Path> common = Files.list(folder(Migrations.COMMON_LOCATION));
        Stream<Path> own = Files.list(folder(dialect.migrationLocation()))) {
      return Stream.concat(
              Stream.concat(common, own)
                  .map(file -> file.getFileName().toString().replaceFirst("V([0-9_]+)__.*", "$1"))
                  .map(MigrationVersion::fromVersion),
              Stream.of(new IdentifierNormalization().getVersion()))
          .sorted()
          .toList();
    }
  }

  private static Path folder(String location) {
    return Path.of("src/main/resources", location.substring("classpath:".length()));
  }
}
