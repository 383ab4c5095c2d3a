package kassa.adapters.persistence.report;

import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.application.port.out.report.SalesLedger.GroupSales;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderTransition;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SalesDigestBuilderTest {

  private static final Instant FROM = SampleOrders.START.truncatedTo(ChronoUnit.DAYS);
  private static final Instant TO = FROM.plus(Duration.ofDays(8));
  private static final String STATES =
      "select count(*) from sales_digests where kind = 'customer' and changes = %s";

  private static final String INSERT =
      """
      insert into orders (
        id, status, customer_id, version, currency, currency_digits, subtotal, discount_total,
        total, refunded_total, placed_at, updated_at)
      values (:id, 'placed', :customer, 1, 'USD', 2, 100, 0, 100, 0, :at, :at)
      """;

  private static final String INSERT_BUCKET =
      """
      insert into sales_buckets (
        quarter_hour, currency, orders, units, gross, discounts, net, tax,
        refunds, refunded_tax, refunds_by_date, refunded_tax_by_date)
      values (:quarterHour, 'USD', :orders, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void a_report_uses_the_digest_of_a_day_until_its_sales_change(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      OrderStore orders = new JdbiOrderStore(database);
      Order order = SampleOrders.insert(orders, SampleOrders.placedAfterSeconds(1));
      new SalesDigestBuilder(database).buildAll(() -> false);
      assertThat(TestDatabases.queryNumber(database, STATES.formatted(1))).isEqualTo(1);
      database.inTransaction(
          "change",
          handle -> handle.execute("update orders set subtotal = subtotal + 1 where version = 1"));

      assertThat(onlyGroup(database).gross().toPlainString()).isEqualTo("1000.00");

      SampleOrderChanges.transitioned(orders, order, FROM, OrderTransition.PAY);
      assertThat(onlyGroup(database).gross().toPlainString()).isEqualTo("1000.00");
      SampleOrders.insert(orders, SampleOrders.placedAfterSeconds(2));
      assertThat(onlyGroup(database).gross().toPlainString()).isEqualTo("2000.01");
      assertThat(TestDatabases.queryNumber(database, STATES.formatted(2))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void merging_buckets_keeps_digests_valid(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      OrderStore orders = new JdbiOrderStore(database);
      for (int i = 0; i < 5; i++) {
        SampleOrders.insert(orders, SampleOrders.placedAfterSeconds(i));
      }
      new SalesDigestBuilder(database).buildAll(() -> false);
      new SalesBucketMerger(database).merge();

      assertThat(new SalesDigestStore(database).days(0, SalesDigestStore.MAX_DAY))
          .containsValue(5L);
      assertThat(TestDatabases.queryNumber(database, STATES.formatted(5))).isEqualTo(1);
    }
  }

  /** Two nodes build digests and merge buckets while orders are placed, refunded and cancelled. */
  @ParameterizedTest
  @EnumSource
  void concurrent_writes_and_builds_never_lose_or_repeat_an_order(Dialect dialect)
      throws Exception {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      OrderStore orders = new JdbiOrderStore(database);
      AtomicInteger started = new AtomicInteger();
      AtomicInteger placed = new AtomicInteger();
      AtomicReference<String> wrong = new AtomicReference<>("");
      ConcurrentRuns.run(
          4,
          160,
          task -> {
            if (task % 4 == 0) {
              new SalesBucketMerger(database).merge();
              int atLeast = placed.get();
              long counted = count(database);
              if (counted < atLeast || counted > started.get()) {
                wrong.set(counted + " orders, at least " + atLeast + " were placed");
              }
            } else {
              started.incrementAndGet();
              SampleOrders.insert(orders, SampleOrders.placedAfterSeconds(task * 3_001L));
              placed.incrementAndGet();
            }
            return task;
          });
      assertThat(wrong.get()).isEmpty();

      ConcurrentRuns.run(
          4,
          80,
          task -> {
            if (task % 4 == 0) {
              new SalesDigestBuilder(database).buildAll(() -> false);
            } else {
              placeAndChange(orders, task);
            }
            return task;
          });
      SalesLedger ledger = new JdbiSalesLedger(database);
      for (RefundsBy refundsBy : RefundsBy.values()) {
        SalesFigures expected =
            ledger.listByPeriod(List.of(FROM, TO), refundsBy).getFirst().figures();
        assertThat(sum(ledger.listByGroup(GroupKey.CUSTOMER, FROM, TO, refundsBy, 10)))
            .isEqualTo(expected);
      }
    }
  }

  /** Every third order is cancelled, every other one refunded, some of them both. */
  private static void placeAndChange(OrderStore orders, int number) {
    Instant at = SampleOrders.START.plusSeconds(number * 6_007L);
    Order order = SampleOrders.insert(orders, SampleOrders.placedAfterSeconds(number * 3_001L));
    if (number % 2 == 0) {
      order = SampleOrderChanges.transitioned(orders, order, at, OrderTransition.PAY);
      order = SampleOrderChanges.refunded(orders, order, at, 10 + number);
    }
    if (number % 3 == 0) {
      SampleOrderChanges.transitioned(orders, order, at, OrderTransition.CANCEL);
    }
  }

  private static long count(Database database) {
    return new JdbiSalesLedger(database)
        .listByGroup(GroupKey.CUSTOMER, FROM, TO, RefundsBy.ORDER_DATE, 10).stream()
            .mapToLong(sales -> sales.figures().orders())
            .sum();
  }

  private static SalesFigures onlyGroup(Database database) {
    return sum(
        new JdbiSalesLedger(database)
            .listByGroup(GroupKey.CUSTOMER, FROM, TO, RefundsBy.ORDER_DATE, 10));
  }

  private static SalesFigures sum(List<GroupSales> groups) {
    return groups.stream().map(GroupSales::figures).reduce(SalesFigures::plus).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void ranks_more_groups_than_a_digest_or_a_portion_holds(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      int customers = 21_000;
      insertOrders(database, customers);

      List<GroupSales> top =
          new JdbiSalesLedger(database)
              .listByGroup(GroupKey.CUSTOMER, FROM, TO, RefundsBy.ORDER_DATE, 4);

      Map<String, Long> counts =
          top.stream()
              .collect(
                  Collectors.toMap(sales -> "" + sales.key(), sales -> sales.figures().orders()));
      assertThat(counts).hasSize(4).containsEntry("c-1", 4L).containsEntry("c-2", 3L);
      assertThat(top.getFirst().figures().gross().toPlainString()).isEqualTo("4.00");
    }
  }

  /** One order for each customer, 4 and 3 for the first ones, ten at each microsecond. */
  private static void insertOrders(Database database, int customers) {
    List<Integer> owners = new ArrayList<>(List.of(1, 1, 1, 2, 2));
    IntStream.rangeClosed(1, customers).forEach(owners::add);
    Instant start = FROM.plusSeconds(3_600);
    database.inTransaction(
        "insert orders",
        handle -> {
          PreparedBatch batch = handle.prepareBatch(INSERT);
          for (int i = 0; i < owners.size(); i++) {
            batch
                .bind("id", SampleOrders.nextId().value())
                .bind("customer", "c-" + owners.get(i))
                .bind("at", timestamp(start.plus(i / 10, ChronoUnit.MICROS)))
                .add();
          }
          batch.execute();
          return handle
              .createUpdate(INSERT_BUCKET)
              .bind("quarterHour", start.getEpochSecond() / 900)
              .bind("orders", owners.size())
              .execute();
        });
  }
}
