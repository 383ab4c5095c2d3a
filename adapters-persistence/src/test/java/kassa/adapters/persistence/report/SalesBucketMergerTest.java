package kassa.adapters.persistence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.money.MoneySum;
import kassa.domain.order.Order;
import kassa.domain.order.OrderTransition;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SalesBucketMergerTest {

  private static final Instant FROM = SampleOrders.START.minusSeconds(3_600);
  private static final Instant TO = SampleOrders.START.plusSeconds(7_200);
  private static final String KEYS =
      "select count(*) from (select distinct quarter_hour, currency from sales_buckets) k";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void merges_rows_without_a_change_of_the_report(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      OrderStore orders = new JdbiOrderStore(database);
      for (int i = 0; i < 30; i++) {
        placeAndChange(orders, i);
      }
      SalesFigures before = report(database);

      new SalesBucketMerger(database).merge();

      assertThat(report(database)).isEqualTo(before);
      assertThat(TestDatabases.queryNumber(database, "select count(*) from sales_buckets"))
          .isEqualTo(TestDatabases.queryNumber(database, KEYS));
    }
  }

  /**
   * Two nodes merge while orders are placed, cancelled and refunded: a report never sees a row
   * twice, or misses one, and in the end the sums are those of the orders.
   */
  @ParameterizedTest
  @EnumSource
  void concurrent_writes_and_merges_never_lose_or_repeat_an_order(Dialect dialect)
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
              long counted = report(database).orders();
              if (counted < atLeast || counted > started.get()) {
                wrong.set(counted + " orders, at least " + atLeast + " were placed");
              }
            } else {
              started.incrementAndGet();
              SampleOrders.insert(orders, SampleOrders.placedAfterSeconds(task * 31L));
              placed.incrementAndGet();
            }
            return task;
          });
      assertThat(wrong.get()).isEmpty();

      ConcurrentRuns.run(
          4,
          100,
          task -> {
            if (task % 4 == 0) {
              new SalesBucketMerger(database).merge();
            } else {
              placeAndChange(orders, task);
            }
            return task;
          });
      for (RefundsBy refundsBy : RefundsBy.values()) {
        SalesLedger ledger = new JdbiSalesLedger(database);
        SalesFigures expected =
            ledger.listByGroup(GroupKey.CUSTOMER, FROM, TO, refundsBy, 10).stream()
                .map(SalesLedger.GroupSales::figures)
                .reduce(SalesFigures::plus)
                .orElseThrow();
        assertThat(ledger.listByPeriod(List.of(FROM, TO), refundsBy).getFirst().figures())
            .isEqualTo(expected);
      }
    }
  }

  /** Every third order is cancelled, every other one refunded, some of them both. */
  private static void placeAndChange(OrderStore orders, int number) {
    Instant at = SampleOrders.START.plusSeconds(number * 61L);
    Order order = SampleOrders.insert(orders, SampleOrders.placedAfterSeconds(number * 31L));
    if (number % 2 == 0) {
      order = SampleOrderChanges.transitioned(orders, order, at, OrderTransition.PAY);
      order = SampleOrderChanges.refunded(orders, order, at, 10 + number);
    }
    if (number % 3 == 0) {
      SampleOrderChanges.transitioned(orders, order, at, OrderTransition.CANCEL);
    }
  }

  private static SalesFigures report(Database database) {
    return new JdbiSalesLedger(database)
        .listByPeriod(List.of(FROM, TO), RefundsBy.REFUND_DATE).stream()
            .map(SalesLedger.PeriodSales::figures)
            .reduce(SalesFigures::plus)
            .orElseGet(SalesBucketMergerTest::nothing);
  }

  private static SalesFigures nothing() {
    MoneySum zero = MoneySum.zero(Currency.getInstance("USD"));
    return new SalesFigures(0, BigDecimal.ZERO, zero, zero, zero, zero, zero, zero);
  }
}
