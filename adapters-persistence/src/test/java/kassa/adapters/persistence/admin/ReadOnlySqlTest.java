package kassa.adapters.persistence.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.CollectedResult;
import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.contract.fixture.SampleOrders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL queries are read-only: the database enforces it. */
class ReadOnlySqlTest {

  private static final List<String> VIEWS =
      List.of(
          "v1_orders",
          "v1_order_lines",
          "v1_order_discounts",
          "v1_daily_sales",
          "v1_rule_usage",
          "v1_codes",
          "v1_customer_totals",
          "v1_refunds",
          "v1_refund_lines",
          "v1_order_metadata",
          "v1_events");

  @TempDir private static Path sharedFolder;

  /** Databases with one order, for statements that change nothing. */
  private static final Map<Dialect, Persistence> SHARED = new EnumMap<>(Dialect.class);

  @TempDir private Path folder;

  @AfterAll
  static void closeSharedDatabases() {
    SHARED.values().forEach(Persistence::close);
    SHARED.clear();
  }

  private static Persistence shared(Dialect dialect) {
    return SHARED.computeIfAbsent(
        dialect,
        absent -> {
          Persistence persistence =
              Persistence.open(
                  new PersistenceConfig(TestDatabases.newUrl(absent, sharedFolder), 2));
          SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields());
          return persistence;
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from orders",
        "select secret from shared_keys",
        "select * from users",
        "select * from sessions",
        "select * from api_keys",
        "select * from login_attempts",
        "select * from rate_limit_counters",
        "select * from audit_events",
        "insert into orders (status) values ('x')",
        "delete from v1_orders",
        "update v1_orders set status = 'x'",
        "select * from final table (delete from orders)",
        "create table t (a int)",
        "create local temporary table t (a int)",
        "create alias f for 'java.lang.System.exit'",
        "drop view v1_orders",
        "select file_read('/etc/passwd')",
        "call file_write('a', 'written-by-sql')",
        "select * from csvread('/etc/passwd')",
        "call csvwrite('written-by-sql', 'select 1')",
        "script",
        "script to 'written-by-sql'",
        "backup to 'written-by-sql'",
        "shutdown",
        "set password 'x'",
        "alter user kassa_reader set password 'x'",
        "set query_timeout 0",
        "select 1; select 2",
        "select 1; set query_timeout 0; select 2",
        "select 1; alter user kassa_reader set password 'x'",
        "select @a := 1",
        "runscript from 'x'",
        ""
      })
  void h2_rejects_anything_but_reading_the_views(String sql) {
    assertRejected(shared(Dialect.H2), sql);

    assertThat(Path.of("written-by-sql")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into orders (status) values ('x')",
        "delete from orders",
        "with gone as (delete from orders returning 1) select * from gone",
        "create table t (a int)",
        "create temporary table t (a int)",
        "select nextval(pg_get_serial_sequence('orders', 'number'))",
        "select 1; delete from orders",
        "select 1; commit; delete from orders",
        "select 1; rollback; begin; delete from orders; commit",
        "select 1; set transaction read write; delete from orders",
        "select 1; set session characteristics as transaction read write; delete from orders",
        "select set_config('transaction_read_only', 'off', true); delete from orders",
        "commit",
        ""
      })
  void postgresql_rejects_writes(String sql) {
    assertRejected(shared(Dialect.POSTGRESQL), sql);
  }

  @ParameterizedTest
  @EnumSource
  void reads_every_view_with_or_without_a_trailing_semicolon(Dialect dialect) {
    try (Persistence persistence = open(dialect)) {
      SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields());

      for (String view : VIEWS) {
        assertThat(CollectedResult.of(persistence, "select count(*) from " + view + " ; \n").rows())
            .hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void reports_an_sql_error_in_one_line(Dialect dialect) {
    try (Persistence persistence = open(dialect)) {
      assertThatExceptionOfType(DatabaseAdminException.class)
          .isThrownBy(() -> CollectedResult.of(persistence, "select * from nowhere").rows())
          .satisfies(rejected ->
              assertThat(rejected.getMessage())
                  .containsIgnoringCase("nowhere")
                  .doesNotContain("\n"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancels_a_query_at_its_timeout(Dialect dialect) {
    try (Persistence persistence = open(dialect)) {
      String slowQuery =
          dialect == Dialect.H2
              ? "select sum(mod(x, 7)) from system_range(1, 10000000000)"
              : "select count(*) from generate_series(1, 10000000000)";

      assertThatExceptionOfType(DatabaseAdminException.class)
          .isThrownBy(() ->
              persistence
                  .admin()
                  .query(new SqlQuery(slowQuery, 10, Duration.ofSeconds(1)), new CollectedResult()))
          .withMessage("the query exceeded its timeout of 1 s");
    }
  }

  @ParameterizedTest
  @EnumSource
  void returns_at_most_max_rows_and_whether_there_are_more(Dialect dialect) throws Exception {
    try (Persistence persistence = open(dialect)) {
      for (int i = 0; i < 3; i++) {
        SampleOrders.insert(persistence.stores().orders(), SampleOrders.placedAfterSeconds(i));
      }
      for (int maxRows : new int[] {2, 3, 4}) {
        CollectedResult sink = new CollectedResult();

        QuerySummary summary =
            persistence
                .admin()
                .query(
                    new SqlQuery(
                        "select number from v1_orders order by number",
                        maxRows,
                        Duration.ofSeconds(5)),
                    sink);

        assertThat(summary).isEqualTo(new QuerySummary(Math.min(maxRows, 3), maxRows < 3));
        assertThat(sink.rows()).hasSize(Math.min(maxRows, 3));
      }
    }
  }

  @Test
  void postgresql_reader_role_reads_only_the_views() throws Exception {
    String url = TestDatabases.newUrl(Dialect.POSTGRESQL, folder);
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 2))) {
      SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields());
    }
    PostgresServer.execute(url, "drop role if exists analyst");
    PostgresServer.execute(url, "create role analyst login in role kassa_reader");

    try (Connection analyst =
            DriverManager.getConnection(url.replace("user=postgres", "user=analyst"));
        Statement statement = analyst.createStatement()) {
      for (String view : VIEWS) {
        assertThat(statement.execute("select * from " + view)).isTrue();
      }
      for (String sql :
          List.of(
              "select * from orders",
              "select * from shared_keys",
              "select * from users",
              "select * from sessions",
              "select * from api_keys",
              "select * from login_attempts",
              "select * from rate_limit_counters",
              "select * from audit_events",
              "delete from v1_orders",
              "insert into orders (status) values ('x')",
              "update v1_order_lines set quantity = 1",
              "drop view v1_orders")) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute(sql))
            .satisfies(failure -> assertThat(failure.getSQLState()).isIn("42501", "55000"));
      }
    }
  }

  @Test
  void migrates_without_the_reader_role_if_createrole_is_missing() {
    String url = TestDatabases.newEmptyUrl(Dialect.POSTGRESQL, folder);
    PostgresServer.execute(url, "drop role if exists limited");
    PostgresServer.execute(url, "create role limited login nocreaterole");
    PostgresServer.execute(url, "grant create, usage on schema public to limited");

    String limited = url.replace("user=postgres", "user=limited");
    try (Persistence persistence = Persistence.open(new PersistenceConfig(limited, 2))) {
      SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields());

      assertThat(CollectedResult.of(persistence, "select * from v1_orders").rows()).hasSize(1);
    }
  }

  private Persistence open(Dialect dialect) {
    return Persistence.open(new PersistenceConfig(TestDatabases.newUrl(dialect, folder), 2));
  }

  private static void assertRejected(Persistence persistence, String sql) {
    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> CollectedResult.of(persistence, sql).rows())
        .satisfies(rejected -> assertThat(rejected.getMessage()).isNotBlank().doesNotContain("\n"));
    assertThat(CollectedResult.of(persistence, "select total from v1_orders").rows()).hasSize(1);
  }
}
