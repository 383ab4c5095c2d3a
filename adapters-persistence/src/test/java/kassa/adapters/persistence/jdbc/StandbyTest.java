package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import kassa.adapters.persistence.TestStores;
import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.ReplicatedServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.Stores;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.application.port.out.report.SalesLedger.GroupSales;
import kassa.application.telemetry.Telemetry;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.Order;
import kassa.domain.report.RefundsBy;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Reads on a real streaming standby. */
class StandbyTest {

  /** No read falls back because this machine is slow. */
  private static final Duration LONG_WAIT = Duration.ofSeconds(60);

  private static final Duration SHORT_WAIT = Duration.ofMillis(20);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

  private static final String IN_USE = "Lists and reports read from the standby";
  private static final String NOT_USED =
      "The standby is not used, lists and reports read from the primary: ";

  /** The day of {@link SampleOrders#START}. */
  private static final Instant FROM = Instant.parse("2026-06-15T00:00:00Z");

  private static final Instant TO = Instant.parse("2026-06-16T00:00:00Z");

  private static final AtomicInteger NAMES = new AtomicInteger();

  @AutoClose private static ReplicatedServer servers;

  private final String application = "standby-test-" + NAMES.incrementAndGet();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Standby.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void startServers(@TempDir Path folder) throws Exception {
    servers = ReplicatedServer.start(folder);
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  static List<Arguments> reads() {
    return List.of(
        read("order_discounts", stores -> stores.orders().listNewestFirst(null, 10)),
        read("products", stores -> stores.products().listBySku(null, 10)),
        read("rules", stores -> stores.rules().rules().list(null, null, 10)),
        read("codes", stores -> stores.rules().codes().list(null, null, 10)),
        read("audit_events", stores -> stores.identity().auditLog().list(null, 10)),
        read(
            "sales_buckets",
            stores -> stores.sales().listByPeriod(List.of(FROM, TO), RefundsBy.ORDER_DATE)),
        read("sales_digests", StandbyTest::salesBySku),
        // A part of a day has no digest.
        read(
            "refunds",
            stores ->
                stores
                    .sales()
                    .listByGroup(
                        GroupKey.SKU, FROM, TO.minusSeconds(1), RefundsBy.ORDER_DATE, 10)));
  }

  private static Arguments read(String table, Function<Stores, Object> read) {
    return Arguments.of(Named.of(table, table), read);
  }

  private static List<GroupSales> salesBySku(Stores stores) {
    return stores.sales().listByGroup(GroupKey.SKU, FROM, TO, RefundsBy.ORDER_DATE, 10);
  }

  @ParameterizedTest
  @MethodSource("reads")
  void lists_and_reports_run_on_the_standby(String table, Function<Stores, Object> read) {
    Object expected;
    try (Database primary = TestDatabases.open(servers.primaryUrl(), 2)) {
      insertOrder(TestStores.of(primary));
      expected = read.apply(TestStores.of(primary));
    }
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      assertThat(read.apply(TestStores.of(database))).isEqualTo(expected);

      assertThat(queriesOnStandby()).contains(table);
      assertThat(logLines()).containsExactly(IN_USE);
    }
  }

  @Test
  void single_orders_and_what_writes_depend_on_are_read_from_the_primary() {
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      Stores stores = TestStores.of(database);
      Order order = insertOrder(stores);
      assertThat(stores.orders().find(order.id())).isPresent();
      assertThat(stores.orders().find(order.number())).isPresent();
      assertThat(stores.orders().history(order.id())).isPresent();
      assertThat(stores.orders().refunds(order.id())).isEmpty();
      assertThat(stores.rules().rules().readActiveRules().rules()).isNotEmpty();
      assertThat(stores.products().find(List.of(new Sku("MUG")))).isEmpty();
      assertThat(stores.identity().users().list(null, null, 10)).isEmpty();
      assertThat(stores.identity().apiKeys().list(null, 10)).isEmpty();
      stores.probe().probe();

      assertThat(queriesOnStandby()).isEmpty();
    }
  }

  /** A pooler is assumed without server-side prepared statements. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&prepareThreshold=0"})
  void an_order_is_listed_as_soon_as_it_was_placed(String parameter) throws Exception {
    try (Database database = open(servers.standbyUrl() + parameter, LONG_WAIT)) {
      Stores stores = TestStores.of(database);
      ConcurrentRuns.run(
          4,
          100,
          task -> {
            Order order = insertOrder(stores);
            assertThat(stores.orders().listNewestFirst(null, 50))
                .extracting(Order::id)
                .contains(order.id());
            return order;
          });

      assertThat(isOnStandby(database)).isTrue();
      assertThat(logLines()).containsExactly(IN_USE);
    }
  }

  @Test
  void an_order_is_listed_at_once_also_if_commits_are_not_synchronous() {
    String url = servers.primaryUrl() + "&options=-c%20synchronous_commit=off";
    try (Database database = open(url, servers.standbyUrl(), LONG_WAIT)) {
      Stores stores = TestStores.of(database);
      for (int i = 0; i < 10; i++) {
        Order order = insertOrder(stores);
        assertThat(stores.orders().listNewestFirst(null, 1))
            .extracting(Order::id)
            .containsExactly(order.id());
      }
      assertThat(logLines()).containsExactly(IN_USE);
    }
  }

  @Test
  void a_report_on_the_standby_has_the_orders_after_the_last_digest() {
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      Stores stores = TestStores.of(database);
      insertOrder(stores);
      long before = salesBySku(stores).getFirst().figures().orders();
      insertOrder(stores);

      assertThat(salesBySku(stores).getFirst().figures().orders()).isEqualTo(before + 1);
      assertThat(logLines()).containsExactly(IN_USE);
    }
  }

  @Test
  void reads_the_primary_while_the_standby_is_behind() {
    try (Database database = open(servers.standbyUrl(), SHORT_WAIT)) {
      awaitOnStandby(database);
      Stores stores = TestStores.of(database);
      PostgresServer.execute(servers.standbyUrl(), "select pg_wal_replay_pause()");
      try {
        for (int i = 0; i < 5; i++) {
          Order order = insertOrder(stores);
          assertThat(stores.orders().listNewestFirst(null, 1))
              .extracting(Order::id)
              .containsExactly(order.id());
        }
        assertThat(logLines())
            .last(STRING)
            .isEqualTo(NOT_USED + "it is more than 20 ms behind the primary");
      } finally {
        PostgresServer.execute(servers.standbyUrl(), "select pg_wal_replay_resume()");
      }

      awaitOnStandby(database);
      assertThat(logLines()).last(STRING).startsWith("The standby is used again after ");
    }
  }

  @Test
  void reads_the_primary_while_the_standby_is_stopped() throws Exception {
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      Stores stores = TestStores.of(database);
      assertThat(isOnStandby(database)).isTrue();
      servers.stopStandby();
      try {
        for (int i = 0; i < 5; i++) {
          Order order = insertOrder(stores);
          assertThat(stores.orders().listNewestFirst(null, 1))
              .extracting(Order::id)
              .containsExactly(order.id());
        }
        stores.probe().probe();
      } finally {
        servers.startStandby();
      }

      awaitOnStandby(database);
      assertThat(logLines()).hasSize(3);
      assertThat(logLines().get(1)).startsWith(NOT_USED);
      assertThat(logLines().get(2)).startsWith("The standby is used again after ");
    }
  }

  @Test
  void opens_without_the_standby() throws Exception {
    servers.stopStandby();
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      database.useStandby();
      assertThat(isOnStandby(database)).isFalse();
      assertThat(logLines()).hasSize(1).first(STRING).startsWith(NOT_USED).contains("refused");
    } finally {
      servers.startStandby();
    }
  }

  @Test
  void tries_a_standby_that_was_behind_only_after_a_pause() {
    PostgresServer.execute(servers.standbyUrl(), "select pg_wal_replay_pause()");
    try (Database database = open(SHORT_WAIT, Duration.ofHours(1))) {
      insertOrder(TestStores.of(database));
      assertThat(isOnStandby(database)).isFalse();
      PostgresServer.execute(servers.standbyUrl(), "select pg_wal_replay_resume()");

      assertThat(isOnStandby(database)).isFalse();
      assertThat(logLines()).hasSize(1);
    } finally {
      PostgresServer.execute(servers.standbyUrl(), "select pg_wal_replay_resume()");
    }
  }

  @Test
  @Timeout(12)
  void reads_the_primary_if_the_standby_accepts_connections_but_does_not_answer()
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertRefused(
          "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/test0?user=postgres",
          "Read timed out");
    }
  }

  @Test
  void refuses_a_server_that_is_no_standby() {
    assertRefused(servers.primaryUrl(), "it is not a standby, or was promoted");
  }

  @Test
  void refuses_another_database_or_schema_of_the_standby() {
    String reason =
        "it is not a standby of this primary, has not followed its last promotion, or has another"
            + " database or schema";

    assertRefused(servers.standbyUrl().replace("/test0", "/postgres"), reason);
    assertRefused(servers.standbyUrl() + "&currentSchema=pg_catalog", reason);
  }

  @Test
  void refuses_a_user_without_access() {
    assertRefused(
        servers.standbyUrl().replace("user=postgres", "user=stranger"),
        "FATAL: role \"stranger\" does not exist");
  }

  private void assertRefused(String standbyUrl, String reason) {
    try (Database database = open(standbyUrl, LONG_WAIT)) {
      Order order = insertOrder(TestStores.of(database));
      assertThat(TestStores.of(database).orders().listNewestFirst(null, 1))
          .extracting(Order::id)
          .containsExactly(order.id());
      assertThat(logLines()).last(STRING).isEqualTo(NOT_USED + reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          00000002, 1
          00000001, 0
          """)
  void compares_positions_of_one_timeline_and_cluster_only(String timeline, int sameCluster) {
    try (Database primary = TestDatabases.open(servers.primaryUrl(), 1);
        Database standby = TestDatabases.open(servers.standbyUrl(), 1)) {
      WalPosition position = primary.query("read the position", WalPosition::current);
      String[] history = position.history().split(" ", 3);
      WalPosition other =
          new WalPosition(
              (sameCluster == 1 ? history[0] : "1") + " " + timeline + " " + history[2], "0/0");

      Optional<String> same =
          standby.query("wait", handle -> position.awaitReplayed(handle, LONG_WAIT));
      Optional<String> obstacle =
          standby.query("wait", handle -> other.awaitReplayed(handle, LONG_WAIT));

      assertThat(same).isEmpty();
      assertThat(obstacle).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "57014", "22012", "XX001"})
  void a_statement_that_fails_only_on_the_standby_runs_on_the_primary(String state) {
    String sql =
        "do $$ begin if pg_is_in_recovery() then raise sqlstate '" + state + "'; end if; end $$";
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      boolean onStandby =
          database.read(
              "fail on the standby",
              handle -> {
                handle.execute(sql);
                return isStandby(handle);
              });

      assertThat(onStandby).isFalse();
      assertThat(isOnStandby(database)).isTrue();
      assertThat(logLines()).containsExactly(IN_USE);
    }
  }

  @Test
  void a_query_that_conflicts_with_the_replay_runs_on_the_primary() {
    PostgresServer.execute(servers.primaryUrl(), "create table dropped (id int)");
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      boolean onStandby =
          database.read(
              "conflict with the replay",
              handle -> {
                boolean standby = isStandby(handle);
                if (standby) {
                  handle.begin();
                  handle.execute("select * from dropped");
                  PostgresServer.execute(servers.primaryUrl(), "drop table dropped");
                  handle.execute("select pg_sleep(60)");
                }
                return standby;
              });

      assertThat(onStandby).isFalse();
      awaitOnStandby(database);
    }
  }

  @Test
  void other_failures_of_a_read_are_not_repeated() {
    AtomicInteger runs = new AtomicInteger();
    try (Database database = open(servers.standbyUrl(), LONG_WAIT)) {
      assertThatIllegalStateException()
          .isThrownBy(() ->
              database.read(
                  "fail",
                  handle -> {
                    runs.incrementAndGet();
                    throw new IllegalStateException("a damaged row");
                  }))
          .withMessage("a damaged row");

      assertThat(runs).hasValue(1);
    }
  }

  private static Order insertOrder(Stores stores) {
    return SampleOrders.insert(
        stores.orders(), SampleOrders.placedAfterSeconds(NAMES.incrementAndGet()));
  }

  private Database open(String standbyUrl, Duration maxWait) {
    return open(servers.primaryUrl(), standbyUrl, maxWait);
  }

  private Database open(String primaryUrl, String standbyUrl, Duration maxWait) {
    PoolSettings standby = Standby.settings(standbyUrl + "&ApplicationName=" + application, 4);
    return Database.open(
        Dialect.POSTGRESQL,
        PoolSettings.forRequests(primaryUrl, 4),
        new Standby(standby, maxWait, RETRY_PAUSE, Telemetry.none()),
        Telemetry.none());
  }

  private Database open(Duration maxWait, Duration retryPause) {
    return Database.open(
        Dialect.POSTGRESQL,
        PoolSettings.forRequests(servers.primaryUrl(), 4),
        new Standby(
            Standby.settings(servers.standbyUrl(), 4), maxWait, retryPause, Telemetry.none()),
        Telemetry.none());
  }

  private static boolean isOnStandby(Database database) {
    return database.read("find the server", StandbyTest::isStandby);
  }

  private static boolean isStandby(Handle handle) {
    return handle.createQuery("select pg_is_in_recovery()").mapTo(Boolean.class).one();
  }

  /** The standby is tried again after a pause, and may be slow to start or to catch up. */
  private static void awaitOnStandby(Database database) {
    Instant end = Instant.now().plus(LONG_WAIT);
    while (!isOnStandby(database)) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(RETRY_PAUSE.toNanos());
    }
  }

  /** The last query of each connection of this test to the standby. */
  private String queriesOnStandby() {
    try (Database standby = TestDatabases.open(servers.standbyUrl(), 1)) {
      return standby.query(
          "list queries",
          handle ->
              handle
                  .createQuery(
                      "select coalesce(string_agg(query, ';'), '') from pg_stat_activity"
                          + " where application_name = :name")
                  .bind("name", application)
                  .mapTo(String.class)
                  .one());
    }
  }

  private List<String> logLines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
