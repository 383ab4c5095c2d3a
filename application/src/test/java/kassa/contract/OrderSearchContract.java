package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.SearchableOrders;
import kassa.contract.fixture.SeedRule;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderEvent.Kind;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Contract of order search in {@link OrderStore}: filters, sorting, paging and history. Every
 * implementation has to pass these tests, starting with an empty store.
 */
public abstract class OrderSearchContract {

  private static final int INSERT_THREADS = 3;
  private static final int EARLIER_ORDERS = 2_000;
  private static final int ORDERS_PER_INSERT = 20;
  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);

  /** Store under test; empty at the start of a test. */
  protected abstract OrderStore store();

  /** Makes the store unavailable for the rest of the test. */
  protected abstract void makeStoreUnavailable();

  /** Number of orders that are inserted during paging. */
  protected int ordersInsertedConcurrently() {
    return 10_000;
  }

  @Test
  void finds_exactly_the_orders_of_each_filter() {
    List<Order> placed = SampleOrders.insertAll(store(), SearchableOrders.orders(40));
    SampleOrderChanges.cancel(store(), placed.get(5).id(), LATER);

    finds(placed, search().customer("c-1"), 1, 5, 13, 17, 25, 33, 37);
    finds(placed, search().statuses(OrderStatus.CANCELLED), 5);
    finds(
        placed, search().statuses(OrderStatus.CANCELLED, OrderStatus.PLACED).sku("käse"), kaese());
    finds(placed, search().placed(3, 4), 6, 7);
    finds(placed, search().currency("JPY").customer("c-3"), 3, 23);
    finds(placed, search().code("sUMMER").placed(0, 9), 0, 4, 8, 12, 16);
    finds(placed, search().rule(SearchableOrders.WITH_CODE).placed(0, 9), 0, 4, 8, 12, 16);
    finds(placed, search().rule(SeedRule.ID).placed(0, 5), 0, 1, 5, 9);
    finds(placed, search().sku("MUG").placed(0, 9), 0, 6, 12);
    finds(placed, search().text("Käse").placed(0, 9), 3, 4, 9, 10, 15, 16);
    finds(placed, search().text("käs").placed(0, 9), 5, 11, 17);
    finds(placed, search().text(placed.get(9).number().value() + "9999"));
    finds(placed, search().text("c-2").currency("USD"), 2, 10, 22, 30);
    finds(placed, search().text("c_2"));
    finds(placed, search().text("%"));
    finds(placed, search().sku("mug"));
    finds(placed, search().code("winter"));
    finds(placed, search().rule(SampleRules.nextId()));
  }

  @Test
  void finds_an_order_by_number_despite_equal_text_elsewhere() {
    List<Order> placed = SampleOrders.insertAll(store(), SearchableOrders.orders(40));
    String number = Long.toString(placed.get(30).number().value());

    assertThat(all(search().text(number).filter(), OrderSort.NEWEST_FIRST, 50))
        .contains(placed.get(30));
  }

  @Test
  void compares_totals_of_all_currencies_as_numbers() {
    List<Order> placed = SampleOrders.insertAll(store(), SearchableOrders.orders(40));

    for (String bound : List.of("15", "15.0", "30.0001", "29.9999", "100.5", "0", "1000000")) {
      BigDecimal number = new BigDecimal(bound);
      assertThat(all(search().totals(number, null).filter(), OrderSort.TOTAL_ASCENDING, 50))
          .containsExactlyInAnyOrderElementsOf(
              placed.stream()
                  .filter(order -> order.sortKey().total().compareTo(number) >= 0)
                  .toList());
      assertThat(all(search().totals(null, number).filter(), OrderSort.NEWEST_FIRST, 50))
          .containsExactlyInAnyOrderElementsOf(
              placed.stream()
                  .filter(order -> order.sortKey().total().compareTo(number) <= 0)
                  .toList());
    }
  }

  @Test
  void sorts_by_time_and_by_total_both_ways() {
    List<Order> placed = SampleOrders.insertAll(store(), SearchableOrders.orders(40));

    List<Order> ascending = all(OrderFilter.ALL, OrderSort.TOTAL_ASCENDING, 50);
    assertThat(ascending)
        .isSortedAccordingTo(
            (one, other) -> one.sortKey().total().compareTo(other.sortKey().total()));
    assertThat(all(OrderFilter.ALL, OrderSort.TOTAL_DESCENDING, 50))
        .isEqualTo(ascending.reversed());
    assertThat(all(OrderFilter.ALL, OrderSort.OLDEST_FIRST, 50)).isEqualTo(placed);
    assertThat(all(OrderFilter.ALL, OrderSort.NEWEST_FIRST, 50)).isEqualTo(placed.reversed());
  }

  @Test
  void paging_any_filter_and_sort_returns_each_order_once() {
    SampleOrders.insertAll(store(), SearchableOrders.orders(40));

    for (OrderFilter filter :
        List.of(
            search().sku("MUG").filter(),
            search().text("12").filter(),
            search().customer("c-1").filter(),
            search().totals(new BigDecimal("20"), null).filter())) {
      for (OrderSort sort : OrderSort.values()) {
        assertThat(all(filter, sort, 3)).isNotEmpty().isEqualTo(all(filter, sort, 50));
      }
    }
  }

  @Test
  void paging_returns_each_earlier_order_once_during_inserts() throws Exception {
    SampleOrders.insertAll(
        store(),
        IntStream.range(0, EARLIER_ORDERS).mapToObj(SampleOrders::placedAfterSeconds).toList());
    Set<OrderId> earlier = ids(all(OrderFilter.ALL, OrderSort.NEWEST_FIRST, 500));
    AtomicInteger inserted = new AtomicInteger();

    CompletableFuture<?> inserting =
        CompletableFuture.runAsync(() -> {
          try {
            ConcurrentRuns.run(
                INSERT_THREADS,
                ordersInsertedConcurrently() / ORDERS_PER_INSERT,
                i -> inserted.addAndGet(SampleOrders.insertAll(store(), laterOrders(i)).size()));
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
    List<OrderSort> sorts = List.of(OrderSort.values());
    int runs = 0;
    boolean insertedDuringPaging = false;
    do {
      OrderSort sort = sorts.get(runs++ % sorts.size());
      int before = inserted.get();
      List<OrderId> found = new ArrayList<>();
      for (Order order : all(OrderFilter.ALL, sort, 97)) {
        if (earlier.contains(order.id())) {
          found.add(order.id());
        }
      }
      assertThat(found).hasSize(EARLIER_ORDERS).doesNotHaveDuplicates();
      insertedDuringPaging |= inserted.get() > before;
    } while (!inserting.isDone() || runs < sorts.size());
    inserting.get();

    assertThat(insertedDuringPaging).as("orders were inserted during paging").isTrue();
    assertThat(earlier).hasSize(EARLIER_ORDERS);
    assertThat(inserted).hasValue(ordersInsertedConcurrently());
  }

  /** Orders that are placed at times between those of the earlier orders. */
  private static List<NewOrder> laterOrders(int insert) {
    return IntStream.range(insert * ORDERS_PER_INSERT, (insert + 1) * ORDERS_PER_INSERT)
        .mapToObj(i -> SampleOrders.placedAfterSeconds(i * 7919L % EARLIER_ORDERS))
        .toList();
  }

  @Test
  void returns_the_history_of_an_order() {
    Order order = SampleOrders.insert(store(), SampleOrders.withAllFields());
    Order other = SampleOrders.insert(store(), SampleOrders.rich());
    OrderEvent placed = OrderEvent.placed(order.placedAt());

    assertThat(store().history(order.id())).contains(List.of(placed));
    OrderChange paid = order.transition(OrderTransition.PAY, null, LATER, "clerk-1").orElseThrow();
    OrderChange gone =
        paid.after()
            .transition(OrderTransition.CANCEL, "Wrong \"size\"", LATER, null)
            .orElseThrow();
    assertThat(store().change(gone, null)).isFalse();
    assertThat(store().history(order.id())).contains(List.of(placed));
    assertThat(store().change(paid, null)).isTrue();
    assertThat(store().change(gone, null)).isTrue();
    assertThat(store().change(gone, null)).isFalse();
    SampleOrderChanges.cancel(store(), other.id(), LATER);

    assertThat(store().history(order.id()))
        .contains(
            List.of(
                placed,
                new OrderEvent(
                    LATER, "clerk-1", Kind.PAID, OrderStatus.PLACED, OrderStatus.PAID, null),
                new OrderEvent(
                    LATER,
                    null,
                    Kind.CANCELLED,
                    OrderStatus.PAID,
                    OrderStatus.CANCELLED,
                    "Wrong \"size\"")));
    assertThat(store().history(other.id()))
        .contains(
            List.of(
                OrderEvent.placed(other.placedAt()),
                new OrderEvent(
                    LATER, null, Kind.CANCELLED, OrderStatus.PLACED, OrderStatus.CANCELLED, null)));
    assertThat(store().history(SampleOrders.nextId())).isEmpty();
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    Order order = SampleOrders.insert(store(), SampleOrders.withAllFields());
    makeStoreUnavailable();

    ConcurrentRuns.assertUnavailable(
        () -> store().history(order.id()),
        () -> store().list(search().text("1").filter(), OrderSort.TOTAL_DESCENDING, null, 1));
  }

  private static int[] kaese() {
    return new int[] {5, 11, 17, 23, 29, 35};
  }

  private void finds(List<Order> placed, Search search, int... found) {
    List<OrderId> ids = new ArrayList<>();
    for (int i : found) {
      ids.add(placed.get(i).id());
    }
    for (OrderSort sort : OrderSort.values()) {
      assertThat(all(search.filter(), sort, 4))
          .extracting(Order::id)
          .as("%s %s", sort, search.filter())
          .containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  private List<Order> all(OrderFilter filter, OrderSort sort, int limit) {
    List<Order> found = new ArrayList<>();
    @Nullable OrderSortKey after = null;
    List<Order> page;
    do {
      page = store().list(filter, sort, after, limit);
      found.addAll(page);
      after = page.isEmpty() ? null : page.getLast().sortKey();
    } while (page.size() == limit);
    return found;
  }

  private static Set<OrderId> ids(List<Order> orders) {
    Set<OrderId> ids = new HashSet<>();
    orders.forEach(order -> ids.add(order.id()));
    return ids;
  }

  private static Search search() {
    return new Search(OrderFilter.ALL);
  }

  /** Builder of filters. */
  private record Search(OrderFilter filter) {

    Search customer(String id) {
      return with(new CustomerId(id), null, null, null, null, null);
    }

    Search currency(String currency) {
      return with(null, Currency.getInstance(currency), null, null, null, null);
    }

    Search sku(String sku) {
      return with(null, null, new Sku(sku), null, null, null);
    }

    Search code(String code) {
      return with(null, null, null, new Code(code), null, null);
    }

    Search rule(RuleId rule) {
      return with(null, null, null, null, rule, null);
    }

    Search text(String text) {
      return with(null, null, null, null, null, text);
    }

    Search statuses(OrderStatus... statuses) {
      return new Search(
          new OrderFilter(
              null,
              Set.of(statuses),
              OrderFilter.Period.ANY,
              OrderFilter.Total.ANY,
              null,
              null,
              null,
              null,
              null));
    }

    /** Placed within these seconds after the start; {@code to} is exclusive. */
    Search placed(int from, int to) {
      return new Search(
          new OrderFilter(
              filter.customer(),
              filter.statuses(),
              new OrderFilter.Period(
                  SampleOrders.START.plusSeconds(from), SampleOrders.START.plusSeconds(to)),
              filter.total(),
              filter.sku(),
              filter.code(),
              filter.rule(),
              filter.text(),
              null));
    }

    Search totals(@Nullable BigDecimal min, @Nullable BigDecimal max) {
      return new Search(
          new OrderFilter(
              null,
              Set.of(),
              OrderFilter.Period.ANY,
              new OrderFilter.Total(min, max, null),
              null,
              null,
              null,
              null,
              null));
    }

    private Search with(
        @Nullable CustomerId customer,
        @Nullable Currency currency,
        @Nullable Sku sku,
        @Nullable Code code,
        @Nullable RuleId rule,
        @Nullable String text) {
      return new Search(
          new OrderFilter(
              customer == null ? filter.customer() : customer,
              filter.statuses(),
              filter.placed(),
              new OrderFilter.Total(
                  filter.total().min(),
                  filter.total().max(),
                  currency == null ? filter.total().currency() : currency),
              sku == null ? filter.sku() : sku,
              code == null ? filter.code() : code,
              rule == null ? filter.rule() : rule,
              text == null ? filter.text() : text,
              null));
    }
  }
}
