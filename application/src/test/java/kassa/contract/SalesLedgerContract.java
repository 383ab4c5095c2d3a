package kassa.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.application.port.out.report.SalesLedger.GroupSales;
import kassa.application.port.out.report.SalesLedger.PeriodSales;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SearchableOrders;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.MoneySum;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.Refund;
import kassa.domain.report.CalendarUnit;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import kassa.domain.report.SalesPeriod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of {@link SalesLedger}: tests that every implementation has to pass, starting with an
 * empty store.
 */
public abstract class SalesLedgerContract {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant START = SampleOrders.START;
  private static final Instant END = START.plusSeconds(100);

  /** Ledger under test. */
  protected abstract SalesLedger ledger();

  /** Store of the orders that the ledger aggregates. */
  protected abstract OrderStore orders();

  /** Closes and opens the database; does nothing if there is none. */
  protected abstract void restartStore();

  /** Makes both stores unavailable for the rest of the test. */
  protected abstract void makeStoreUnavailable();

  @Test
  void reports_nothing_without_sales() {
    assertThat(ledger().listByPeriod(List.of(START, END), RefundsBy.ORDER_DATE)).isEmpty();
    for (GroupKey key : GroupKey.values()) {
      assertThat(ledger().listByGroup(key, START, END, RefundsBy.ORDER_DATE, 10)).isEmpty();
    }
  }

  @Test
  void sums_up_orders_with_shipping_and_tax() {
    Order order = SampleOrders.insert(orders(), SampleOrders.withAllFields());

    SalesFigures figures =
        ledger().listByPeriod(List.of(START, END), RefundsBy.ORDER_DATE).getFirst().figures();

    assertThat(figures.orders()).isEqualTo(1);
    assertThat(figures.units()).isEqualByComparingTo("60.125");
    assertThat(figures.gross())
        .isEqualTo(
            MoneySum.of(order.price().subtotal())
                .plus(Objects.requireNonNull(order.price().shipping()).shipping().amount()));
    assertThat(figures.discounts()).isEqualTo(MoneySum.of(order.price().discountTotal()));
    assertThat(figures.tax()).isEqualTo(MoneySum.of(order.price().taxTotal()));
    assertThat(figures.net().plus(figures.tax())).isEqualTo(MoneySum.of(order.price().total()));
    assertThat(figures.refunds()).isEqualTo(MoneySum.of(order.refundedTotal()));
  }

  @Test
  void sums_up_refunds() {
    for (long cents : new long[] {100, 23}) {
      Order order = SampleOrders.insert(orders(), SampleOrders.placedAfterSeconds(cents % 7));
      Order paid = SampleOrderChanges.transitioned(orders(), order, END, OrderTransition.PAY);
      SampleOrderChanges.refunded(orders(), paid, END, cents);
    }

    assertThat(
            ledger()
                .listByPeriod(List.of(START, END), RefundsBy.ORDER_DATE)
                .getFirst()
                .figures()
                .refunds())
        .hasToString("1.23 USD");
    assertThat(
            ledger()
                .listByGroup(GroupKey.CUSTOMER, START, END, RefundsBy.ORDER_DATE, 10)
                .getFirst()
                .figures()
                .refunds())
        .hasToString("1.23 USD");
  }

  @Test
  void reports_unit_refunds_by_sku_and_no_other_refunds() {
    Order order = SampleOrders.insert(orders(), SampleOrders.withAllFields());
    Order paid = SampleOrderChanges.transitioned(orders(), order, END, OrderTransition.PAY);
    Sku mug = new Sku("MUG");
    Order once = SampleOrderChanges.refunded(orders(), paid, END, mug);
    Order twice = SampleOrderChanges.refunded(orders(), once, END, mug);
    SampleOrderChanges.refunded(orders(), twice, END, 23);

    assertThat(twice.refundedTotal().minorUnits()).isPositive();
    assertThat(ledger().listByGroup(GroupKey.SKU, START, END, RefundsBy.ORDER_DATE, 1_000))
        .hasSizeGreaterThan(1)
        .allSatisfy(sales ->
            assertThat(sales.figures().refunds())
                .isEqualTo(
                    mug.value().equals(sales.key())
                        ? MoneySum.of(twice.refundedTotal())
                        : MoneySum.zero(order.price().currency())));
  }

  @Test
  void period_includes_start_excludes_end_and_cancelled_orders() {
    for (int second = 0; second < 4; second++) {
      SampleOrders.insert(orders(), SampleOrders.placedAfterSeconds(second));
    }
    Order cancelled = SampleOrders.insert(orders(), SampleOrders.placedAfterSeconds(2));
    SampleOrderChanges.cancel(orders(), cancelled.id(), END);

    assertThat(ordersOf(START.plusSeconds(1), START.plusSeconds(3))).isEqualTo(2);
    assertThat(ordersOf(START.plusSeconds(2), START.plusSeconds(3))).isEqualTo(1);
    assertThat(
            ledger()
                .listByGroup(GroupKey.SKU, START, START.plusSeconds(3), RefundsBy.ORDER_DATE, 10))
        .singleElement()
        .satisfies(sales -> assertThat(sales.figures().orders()).isEqualTo(3));
  }

  @Test
  void counts_an_order_of_the_past_at_its_own_time() {
    SampleOrders.insert(orders(), orderAt(START).withArrival(END));

    assertThat(ordersOf(START, START.plusSeconds(1))).isEqualTo(1);
    assertThat(ordersOf(START, START.plusSeconds(86_400))).isEqualTo(1);
    assertThat(ledger().listByPeriod(List.of(END, END.plusSeconds(86_400)), RefundsBy.ORDER_DATE))
        .isEmpty();
  }

  @Test
  void reports_currencies_separately() {
    SearchableOrders.orders(40).forEach(order -> SampleOrders.insert(orders(), order));

    List<PeriodSales> found =
        ledger().listByPeriod(List.of(START, START.plusSeconds(10), END), RefundsBy.ORDER_DATE);

    assertThat(found)
        .extracting(sales -> sales.periodIndex() + currency(sales.figures()).getCurrencyCode())
        .containsExactly("0BHD", "0EUR", "0JPY", "0USD", "1BHD", "1EUR", "1JPY", "1USD");
    assertThat(found.stream().mapToLong(sales -> sales.figures().orders()).sum()).isEqualTo(40);
  }

  @Test
  void groups_by_sku_customer_and_rule() {
    List<Order> placed =
        SearchableOrders.orders(40).stream()
            .map(order -> SampleOrders.insert(orders(), order))
            .toList();

    Map<String, Long> skus = new TreeMap<>();
    placed.forEach(order ->
        order.price().lines().stream()
            .map(line -> line.line().sku() + " " + order.price().currency())
            .distinct()
            .forEach(key -> skus.merge(key, 1L, Long::sum)));
    assertThat(orderCounts(GroupKey.SKU)).isEqualTo(skus);
    Map<String, Long> customers = new TreeMap<>();
    placed.forEach(
        order -> customers.merge(order.customer() + " " + order.price().currency(), 1L, Long::sum));
    assertThat(orderCounts(GroupKey.CUSTOMER)).isEqualTo(customers);
    for (GroupSales sales :
        ledger().listByGroup(GroupKey.RULE, START, END, RefundsBy.ORDER_DATE, 100)) {
      MoneySum discounts =
          placed.stream()
              .filter(order -> order.price().currency().equals(sales.figures().net().currency()))
              .flatMap(order -> order.price().discounts().stream())
              .filter(discount -> discount.rule().toString().equals(sales.key()))
              .map(discount -> discount.amount())
              .map(MoneySum::of)
              .reduce(MoneySum.zero(sales.figures().net().currency()), MoneySum::plus);
      assertThat(sales.figures().discounts()).isEqualTo(discounts);
    }
    assertThat(ledger().listByGroup(GroupKey.RULE, START, END, RefundsBy.ORDER_DATE, 100))
        .hasSizeGreaterThan(4);
  }

  @Test
  void lists_groups_by_order_count_up_to_the_limit() {
    SearchableOrders.orders(40).forEach(order -> SampleOrders.insert(orders(), order));

    for (GroupKey key : GroupKey.values()) {
      List<GroupSales> all = ledger().listByGroup(key, START, END, RefundsBy.ORDER_DATE, 100);

      assertThat(all)
          .isSortedAccordingTo(
              (one, other) -> Long.compare(other.figures().orders(), one.figures().orders()));
      assertThat(ledger().listByGroup(key, START, END, RefundsBy.ORDER_DATE, 3))
          .extracting(sales -> sales.figures().orders())
          .isEqualTo(all.stream().limit(3).map(sales -> sales.figures().orders()).toList());
    }
  }

  @Test
  void matches_the_in_memory_ledger() {
    InMemoryStores plain = new InMemoryStores();
    List<NewOrder> all = new ArrayList<>(SearchableOrders.orders(60));
    all.add(SampleOrders.withAllFields());
    all.add(SampleOrders.rich());
    for (NewOrder order : all) {
      SampleOrders.insert(orders(), order);
      SampleOrders.insert(plain.orders(), order);
    }
    List<Instant> bounds = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      bounds.add(START.plusSeconds(i * 3L));
    }

    assertThat(ledger().listByPeriod(bounds, RefundsBy.ORDER_DATE))
        .isEqualTo(plain.sales().listByPeriod(bounds, RefundsBy.ORDER_DATE));
    for (GroupKey key : GroupKey.values()) {
      assertThat(ledger().listByGroup(key, START, END, RefundsBy.ORDER_DATE, 1_000))
          .isEqualTo(plain.sales().listByGroup(key, START, END, RefundsBy.ORDER_DATE, 1_000));
    }
  }

  @Test
  void counts_refunds_by_the_date_of_the_order_or_of_the_refund() {
    Instant june = Instant.parse("2026-06-10T12:34:56Z");
    Instant july = Instant.parse("2026-07-10T12:34:56Z");
    Order order = placedAt(june.toString());
    Order paid = SampleOrderChanges.transitioned(orders(), order, june, OrderTransition.PAY);
    Order refunded = SampleOrderChanges.refunded(orders(), paid, july, 100);
    List<Instant> bounds =
        List.of(
            Instant.parse("2026-06-01T00:00:00Z"),
            Instant.parse("2026-07-01T00:00:00Z"),
            Instant.parse("2026-08-01T00:00:00Z"));

    assertThat(refundsByPeriod(bounds, RefundsBy.ORDER_DATE)).isEqualTo(Map.of(0, "1.00"));
    assertThat(refundsByPeriod(bounds, RefundsBy.REFUND_DATE))
        .isEqualTo(Map.of(0, "0.00", 1, "1.00"));
    for (GroupKey key : List.of(GroupKey.CUSTOMER)) {
      assertThat(ledger().listByGroup(key, bounds.get(1), bounds.get(2), RefundsBy.ORDER_DATE, 9))
          .isEmpty();
      assertThat(ledger().listByGroup(key, bounds.get(1), bounds.get(2), RefundsBy.REFUND_DATE, 9))
          .singleElement()
          .satisfies(sales -> assertThat(sales.figures().netSales()).hasToString("-1.00 USD"));
    }

    Order cancelled =
        SampleOrderChanges.transitioned(orders(), refunded, july, OrderTransition.CANCEL);
    assertThat(cancelled.refundedTotal()).isNotEqualTo(Money.zero(order.price().currency()));
    for (RefundsBy refundsBy : RefundsBy.values()) {
      assertThat(ledger().listByPeriod(bounds, refundsBy)).isEmpty();
    }
  }

  @Test
  void sums_up_the_tax_of_refunds() {
    Order order = SampleOrders.insert(orders(), SampleOrders.withAllFields());
    Order paid = SampleOrderChanges.transitioned(orders(), order, END, OrderTransition.PAY);
    Sku cheese = new Sku("Käse, jung");
    Refund refund = refundOf(SampleOrderChanges.refunded(orders(), paid, END, cheese));
    Instant day = Instant.parse("2100-01-01T00:00:00Z");

    assertThat(refund.tax().minorUnits()).isPositive();
    for (SalesFigures figures :
        List.of(
            ledger()
                .listByPeriod(List.of(Instant.EPOCH, day), RefundsBy.REFUND_DATE)
                .getFirst()
                .figures(),
            ledger()
                .listByGroup(GroupKey.CUSTOMER, START, END, RefundsBy.ORDER_DATE, 9)
                .getFirst()
                .figures(),
            ledger().listByGroup(GroupKey.SKU, START, END, RefundsBy.ORDER_DATE, 9).stream()
                .filter(sales -> cheese.value().equals(sales.key()))
                .findFirst()
                .orElseThrow()
                .figures())) {
      assertThat(figures.refunds()).isEqualTo(MoneySum.of(refund.total()));
      assertThat(figures.refundedTax()).isEqualTo(MoneySum.of(refund.tax()));
      assertThat(figures.netSales())
          .isEqualTo(figures.net().minus(MoneySum.of(refund.total().minus(refund.tax()))));
    }
  }

  @Test
  void adds_up_whole_quarters_of_an_hour_and_the_rest() {
    InMemoryStores plain = new InMemoryStores();
    for (int i = 0; i < 120; i++) {
      NewOrder order = orderAt(Instant.parse("2026-06-01T00:00:00Z").plusSeconds(i * 97L));
      SampleOrders.insert(plain.orders(), order);
      Order stored = SampleOrders.insert(orders(), order);
      if (i % 7 == 0) {
        SampleOrderChanges.cancel(orders(), stored.id(), END);
        SampleOrderChanges.cancel(plain.orders(), stored.id(), END);
      }
    }
    List<Instant> bounds =
        List.of(
            Instant.parse("2026-06-01T00:01:00Z"),
            Instant.parse("2026-06-01T00:15:00Z"),
            Instant.parse("2026-06-01T00:20:00.000001Z"),
            Instant.parse("2026-06-01T00:45:00Z"),
            Instant.parse("2026-06-01T01:59:59.999999Z"),
            Instant.parse("2026-06-01T02:00:00Z"),
            Instant.parse("2026-06-02T00:00:00Z"));

    for (RefundsBy refundsBy : RefundsBy.values()) {
      assertThat(ledger().listByPeriod(bounds, refundsBy))
          .hasSizeGreaterThan(4)
          .isEqualTo(plain.sales().listByPeriod(bounds, refundsBy));
    }
  }

  @Test
  void sums_of_the_largest_orders_do_not_overflow() {
    List<Order> placed = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      placed.add(SampleOrders.insert(orders(), SampleOrders.withMaxAmounts()));
    }
    MoneySum total =
        placed.stream()
            .map(order -> MoneySum.of(order.price().total()))
            .reduce(MoneySum.zero(currencyOf(placed)), MoneySum::plus);

    assertThat(total.minorUnits().bitLength()).isGreaterThan(Long.SIZE);
    for (SalesFigures figures :
        List.of(
            ledger().listByPeriod(List.of(START, END), RefundsBy.ORDER_DATE).getFirst().figures(),
            ledger()
                .listByPeriod(
                    List.of(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")),
                    RefundsBy.ORDER_DATE)
                .getFirst()
                .figures(),
            ledger()
                .listByGroup(GroupKey.CUSTOMER, START, END, RefundsBy.ORDER_DATE, 9)
                .getFirst()
                .figures())) {
      assertThat(figures.net().plus(figures.tax())).isEqualTo(total);
    }
    for (GroupKey key : GroupKey.values()) {
      assertThat(ledger().listByGroup(key, START, END, RefundsBy.ORDER_DATE, 9))
          .first()
          .satisfies(sales -> assertThat(sales.figures().orders()).isEqualTo(11));
    }
  }

  /**
   * A history over the change to daylight saving time: orders of now and of the past, payments,
   * refunds and cancellations. After each few steps the reports are those of plain orders.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void reports_by_sku_customer_and_rule_stay_exact_in_a_random_history(long seed) {
    Random random = new Random(seed);
    InMemoryStores plain = new InMemoryStores();
    Instant begin = LocalDate.of(2026, 3, 27).atStartOfDay(BERLIN).toInstant();
    List<OrderId> placed = new ArrayList<>();
    for (NewOrder sample : SearchableOrders.orders(60)) {
      Instant at = begin.plusSeconds(random.nextLong(5 * 86_400)).plusNanos(1_000);
      NewOrder order = at(sample, at);
      placed.add(order.id());
      Instant changed = at.plusSeconds(random.nextLong(3 * 86_400));
      for (OrderStore store : List.of(orders(), plain.orders())) {
        SampleOrders.insert(store, order);
      }
      OrderId target = placed.get(random.nextInt(placed.size()));
      int kind = random.nextInt(4);
      for (OrderStore store : List.of(orders(), plain.orders())) {
        change(store, target, kind, changed);
      }
      if (random.nextInt(6) == 0) {
        int day = random.nextInt(5);
        ZoneId zone = random.nextBoolean() ? BERLIN : ZoneOffset.UTC;
        Instant from =
            LocalDate.of(2026, 3, 26)
                .plusDays(day)
                .atStartOfDay(zone)
                .toInstant()
                .plusSeconds(random.nextInt(3) * 1_234L);
        assertSameGroups(plain, from, from.plus(Duration.ofHours(random.nextInt(1, 150))));
      }
    }
    assertSameGroups(plain, begin.minusSeconds(86_400), begin.plus(Duration.ofDays(10)));
    restartStore();
    assertSameGroups(plain, begin.minusSeconds(86_400), begin.plus(Duration.ofDays(10)));
  }

  @Test
  void lists_groups_up_to_the_limit_over_whole_days() {
    SearchableOrders.orders(40).forEach(order -> SampleOrders.insert(orders(), order));
    Instant from = Instant.parse("2026-06-01T00:00:00Z");
    Instant to = Instant.parse("2026-07-01T00:00:00Z");

    for (GroupKey key : GroupKey.values()) {
      List<GroupSales> all = ledger().listByGroup(key, from, to, RefundsBy.ORDER_DATE, 100);

      assertThat(all).isEqualTo(ledger().listByGroup(key, START, END, RefundsBy.ORDER_DATE, 100));
      assertThat(ledger().listByGroup(key, from, to, RefundsBy.REFUND_DATE, 3))
          .extracting(sales -> sales.figures().orders())
          .isEqualTo(all.stream().limit(3).map(sales -> sales.figures().orders()).toList());
    }
  }

  private void assertSameGroups(InMemoryStores plain, Instant from, Instant to) {
    for (RefundsBy refundsBy : RefundsBy.values()) {
      for (GroupKey key : GroupKey.values()) {
        assertThat(ledger().listByGroup(key, from, to, refundsBy, 1_000))
            .as("%s %s from %s to %s", key, refundsBy, from, to)
            .isEqualTo(plain.sales().listByGroup(key, from, to, refundsBy, 1_000));
      }
      assertThat(ledger().listByPeriod(List.of(from, to), refundsBy))
          .isEqualTo(plain.sales().listByPeriod(List.of(from, to), refundsBy));
    }
  }

  /** Pays, refunds an amount or a unit, or cancels; nothing if the order does not allow it. */
  private static void change(OrderStore store, OrderId id, int kind, Instant at) {
    Order order = store.find(id).orElseThrow();
    boolean isOpen =
        order.status() == OrderStatus.PLACED
            || (order.status() == OrderStatus.PAID && order.refundedTotal().isZero());
    if (!isOpen) {
      return;
    }
    if (kind == 0) {
      SampleOrderChanges.cancel(store, id, at);
    } else if (order.status() == OrderStatus.PLACED) {
      order = SampleOrderChanges.transitioned(store, order, at, OrderTransition.PAY);
    }
    if (kind == 1) {
      SampleOrderChanges.refunded(store, order, at, 7);
    } else if (kind == 2) {
      Sku sku = order.price().lines().getFirst().line().sku();
      SampleOrderChanges.refunded(store, order, at, sku);
    }
  }

  private static NewOrder at(NewOrder order, Instant at) {
    OrderContent content = order.content();
    return new NewOrder(
        SampleOrders.nextId(),
        new OrderContent(
            content.customer(),
            content.context(),
            content.price(),
            content.rejected(),
            content.metadata(),
            at),
        order.trace(),
        order.redemptions(),
        order.reservations(),
        at.plus(Duration.ofDays(20)));
  }

  @Test
  void handles_both_daylight_saving_changes_in_Berlin() {
    placedAt("2026-03-28T22:59:59.999999Z"); // the last microsecond of 28 March in Berlin
    placedAt("2026-03-28T23:30:00Z"); // 00:30 on 29 March
    placedAt("2026-03-29T01:30:00Z"); // 03:30, the hour after the switch
    placedAt("2026-03-29T21:59:59.999999Z"); // the last microsecond of 29 March, 23 hours long
    placedAt("2026-03-29T22:30:00Z"); // 00:30 on 30 March
    placedAt("2026-10-24T21:59:59Z"); // 23:59:59 on 24 October
    placedAt("2026-10-24T23:30:00Z"); // 01:30 on 25 October
    placedAt("2026-10-25T00:30:00Z"); // 02:30, the first time
    placedAt("2026-10-25T01:30:00Z"); // 02:30, the second time
    placedAt("2026-10-25T22:59:59Z"); // the last second of 25 October, 25 hours long
    placedAt("2026-10-25T23:30:00Z"); // 00:30 on 26 October

    assertThat(byDay("2026-03-28T12:00:00Z", "2026-03-31T00:00:00Z"))
        .isEqualTo(Map.of("2026-03-28", 1L, "2026-03-29", 3L, "2026-03-30", 1L));
    assertThat(byDay("2026-10-24T12:00:00Z", "2026-10-27T00:00:00Z"))
        .isEqualTo(Map.of("2026-10-24", 1L, "2026-10-25", 4L, "2026-10-26", 1L));
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_no_sales() {
    makeStoreUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> ledger().listByPeriod(List.of(START, END), RefundsBy.ORDER_DATE));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> ledger().listByGroup(GroupKey.SKU, START, END, RefundsBy.ORDER_DATE, 1));
  }

  private Map<String, Long> byDay(String from, String to) {
    List<SalesPeriod> days =
        CalendarUnit.DAY.periods(Instant.parse(from), Instant.parse(to), BERLIN, 100);
    List<Instant> bounds = new ArrayList<>(List.of(Instant.parse(from)));
    days.forEach(day -> bounds.add(day.to()));
    return ledger().listByPeriod(bounds, RefundsBy.ORDER_DATE).stream()
        .collect(
            toMap(
                sales -> days.get(sales.periodIndex()).name(), sales -> sales.figures().orders()));
  }

  private Map<String, Long> orderCounts(GroupKey key) {
    Map<String, Long> counts = new TreeMap<>();
    ledger()
        .listByGroup(key, START, END, RefundsBy.ORDER_DATE, 100)
        .forEach(sales ->
            counts.put(sales.key() + " " + currency(sales.figures()), sales.figures().orders()));
    return counts;
  }

  private long ordersOf(Instant from, Instant to) {
    assertThat(Duration.between(from, to)).isPositive();
    return ledger()
        .listByPeriod(List.of(from, to), RefundsBy.ORDER_DATE)
        .getFirst()
        .figures()
        .orders();
  }

  private static Currency currency(SalesFigures figures) {
    return figures.gross().currency();
  }

  private Map<Integer, String> refundsByPeriod(List<Instant> bounds, RefundsBy refundsBy) {
    return ledger().listByPeriod(bounds, refundsBy).stream()
        .collect(
            toMap(PeriodSales::periodIndex, sales -> sales.figures().refunds().toPlainString()));
  }

  private Refund refundOf(Order order) {
    return orders().refunds(order.id()).getLast();
  }

  private static Currency currencyOf(List<Order> placed) {
    return placed.getFirst().price().currency();
  }

  private Order placedAt(String moment) {
    return SampleOrders.insert(orders(), orderAt(Instant.parse(moment)));
  }

  private static NewOrder orderAt(Instant moment) {
    NewOrder sample = SampleOrders.placedAfterSeconds(0);
    return new NewOrder(
        sample.id(),
        new OrderContent(new CustomerId("c-1"), sample.price(), Metadata.of(Map.of()), moment));
  }
}
