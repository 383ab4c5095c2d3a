package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kassa.contract.SampleOrders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks in SQL reads, and does nothing else: the database itself sees to that. */
class ReaderTest {

  private static final List<String> VIEWS =
      List.of(
          "v1_orders",
          "v1_order_lines",
          "v1_order_discounts",
          "v1_daily_sales",
          "v1_rule_usage",
          "v1_codes",
          "v1_customer_totals");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from orders",
        "select secret from shared_keys",
        "select * from users",
        "select * from sessions",
        "select * from api_keys",
        "select * from login_attempts",
        "select * from call_counts",
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
  void is_refused_on_h2(String sql) {
    String url = TestDatabases.newUrl(Dialect.H2, folder);
    try (Persistence persistence = Persistence.open(new Persistence.Config(url, 2))) {
      SampleOrders.accept(persistence.orders(), SampleOrders.fullest());

      assertRefused(persistence, sql);

      assertThat(Gathering.rows(persistence, "select total from v1_orders")).hasSize(1);
    }
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
  void is_refused_on_postgresql(String sql) {
    String url = TestDatabases.newUrl(Dialect.POSTGRESQL, folder);
    try (Persistence persistence = Persistence.open(new Persistence.Config(url, 2))) {
      SampleOrders.accept(persistence.orders(), SampleOrders.fullest());

      assertRefused(persistence, sql);

      assertThat(Gathering.rows(persistence, "select total from v1_orders")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reads_every_view_with_a_semicolon_behind_it_or_without(Dialect dialect) {
    try (Persistence persistence = open(dialect)) {
      SampleOrders.accept(persistence.orders(), SampleOrders.fullest());

      for (String view : VIEWS) {
        assertThat(Gathering.rows(persistence, "select count(*) from " + view + " ; \n"))
            .hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void says_what_is_wrong_in_one_line(Dialect dialect) {
    try (Persistence persistence = open(dialect)) {
      assertThatExceptionOfType(Persistence.RefusedException.class)
          .isThrownBy(() -> Gathering.rows(persistence, "select * from nowhere"))
          .satisfies(refused ->
              assertThat(refused.getMessage())
                  .containsIgnoringCase("nowhere")
                  .doesNotContain("\n"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void gives_up_after_the_time_that_it_has(Dialect dialect) {
    try (Persistence persistence = open(dialect)) {
      String endless =
          dialect == Dialect.H2
              ? "select sum(mod(x, 7)) from system_range(1, 10000000000)"
              : "select count(*) from generate_series(1, 10000000000)";

      assertThatExceptionOfType(Persistence.RefusedException.class)
          .isThrownBy(() ->
              persistence.ask(
                  new Persistence.Question(endless, 10, Duration.ofSeconds(1)), new Gathering()))
          .withMessage("the answer takes longer than 1 s");
    }
  }

  @ParameterizedTest
  @EnumSource
  void answers_as_many_rows_as_were_asked_for_and_tells_whether_there_are_more(Dialect dialect)
      throws Exception {
    try (Persistence persistence = open(dialect)) {
      for (int i = 0; i < 3; i++) {
        SampleOrders.accept(persistence.orders(), SampleOrders.placedAfter(i));
      }
      for (int most : new int[] {2, 3, 4}) {
        Gathering asked = new Gathering();

        Persistence.Answered answered =
            persistence.ask(
                new Persistence.Question(
                    "select number from v1_orders order by number", most, Duration.ofSeconds(5)),
                asked);

        assertThat(answered).isEqualTo(new Persistence.Answered(Math.min(most, 3), most < 3));
        assertThat(asked.rows).hasSize(Math.min(most, 3));
      }
    }
  }

  @Test
  void a_member_of_the_role_of_postgresql_reads_the_views_and_nothing_else() throws Exception {
    String url = TestDatabases.newUrl(Dialect.POSTGRESQL, folder);
    try (Persistence persistence = Persistence.open(new Persistence.Config(url, 2))) {
      SampleOrders.accept(persistence.orders(), SampleOrders.fullest());
    }
    PostgresServer.execute(url, "drop role if exists analyst");
    PostgresServer.execute(url, "create role analyst login in role kassa_reader");

    try (Connection analyst =
            DriverManager.getConnection(url.replace("user=postgres", "user=analyst"));
        Statement statement = analyst.createStatement()) {
      for (String view : VIEWS) {
        assertThat(statement.execute("select * from " + view)).isTrue();
      }
      for (String refused :
          List.of(
              "select * from orders",
              "select * from shared_keys",
              "select * from users",
              "select * from sessions",
              "select * from api_keys",
              "select * from login_attempts",
              "select * from call_counts",
              "select * from audit_events",
              "delete from v1_orders",
              "insert into orders (status) values ('x')",
              "update v1_order_lines set quantity = 1",
              "drop view v1_orders")) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute(refused))
            .satisfies(failure -> assertThat(failure.getSQLState()).isIn("42501", "55000"));
      }
    }
  }

  @Test
  void whoever_may_make_no_roles_migrates_without_the_role() {
    String url = TestDatabases.newUrl(Dialect.POSTGRESQL, folder);
    PostgresServer.execute(url, "drop role if exists humble");
    PostgresServer.execute(url, "create role humble login nocreaterole");
    PostgresServer.execute(url, "grant create, usage on schema public to humble");

    String humble = url.replace("user=postgres", "user=humble");
    try (Persistence persistence = Persistence.open(new Persistence.Config(humble, 2))) {
      SampleOrders.accept(persistence.orders(), SampleOrders.fullest());

      assertThat(Gathering.rows(persistence, "select * from v1_orders")).hasSize(1);
    }
  }

  private Persistence open(Dialect dialect) {
    return Persistence.open(new Persistence.Config(TestDatabases.newUrl(dialect, folder), 2));
  }

  private static void assertRefused(Persistence persistence, String sql) {
    assertThatExceptionOfType(Persistence.RefusedException.class)
        .isThrownBy(() -> Gathering.rows(persistence, sql))
        .satisfies(refused -> assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  /** An answer as a whole. */
  static final class Gathering implements Persistence.Answer {

    final List<List<@Nullable String>> rows = new ArrayList<>();

    static List<List<@Nullable String>> rows(Persistence persistence, String sql) {
      Gathering asked = new Gathering();
      try {
        persistence.ask(new Persistence.Question(sql, 1_000, Duration.ofSeconds(10)), asked);
      } catch (java.io.IOException impossible) {
        throw new java.io.UncheckedIOException(impossible);
      }
      return asked.rows;
    }

    @Override
    public void columns(List<Persistence.Column> columns) {
      // The rows are what is looked at.
    }

    @Override
    public void row(List<@Nullable String> values) {
      rows.add(values);
    }
  }
}
