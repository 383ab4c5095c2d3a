package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SeedRule;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.OrderTransition;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import org.junit.jupiter.api.Test;

/**
 * Contract of {@link OrderStore}: tests that every implementation has to pass, starting with an
 * empty store.
 */
public abstract class OrderStoreContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);

  /** Store under test; empty at the start of a test. */
  protected abstract OrderStore store();

  /** Makes the store unavailable for the rest of the test. */
  protected abstract void makeStoreUnavailable();

  @Test
  void finds_an_order_by_id_and_number_as_inserted() {
    for (NewOrder order :
        List.of(
            SampleOrders.placedAfterSeconds(0),
            SampleOrders.rich(),
            SampleOrders.withAllFields(),
            SampleOrders.withMaxLines())) {
      Order inserted = insert(order);

      assertThat(inserted).isEqualTo(order.toOrder(inserted.number()));
      assertThat(store().find(order.id())).contains(inserted);
      assertThat(store().find(inserted.number())).contains(inserted);
    }
  }

  @Test
  void order_of_the_past_has_its_time_and_was_updated_at_its_arrival() {
    NewOrder past = SampleOrders.placedAfterSeconds(0);
    Instant arrival = past.placedAt().plusSeconds(86_400);

    Order inserted = insert(past.withArrival(arrival));
    Order later = insert(SampleOrders.placedAfterSeconds(1));

    assertThat(inserted.placedAt()).isEqualTo(past.placedAt());
    assertThat(inserted.updatedAt()).isEqualTo(arrival);
    assertThat(store().find(inserted.id())).contains(inserted);
    assertThat(store().history(inserted.id()))
        .contains(List.of(OrderEvent.placed(past.placedAt())));
    assertThat(store().listNewestFirst(null, 10)).containsExactly(later, inserted);
  }

  @Test
  void unknown_order_is_not_found() {
    Order other = insert(SampleOrders.placedAfterSeconds(0));

    assertThat(store().find(SampleOrders.nextId())).isEmpty();
    assertThat(store().find(new OrderNumber(other.number().value() + 1))).isEmpty();
    assertThat(store().find(new OrderNumber(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void rejects_a_duplicate_id_without_changes() {
    NewOrder first = SampleOrders.placedAfterSeconds(0);
    Order inserted = insert(first);
    NewOrder second =
        new NewOrder(
            first.id(),
            new OrderContent(
                null,
                SampleOrders.rich().price(),
                SampleOrders.rich().metadata(),
                first.placedAt().plusSeconds(1)));

    assertThatIllegalStateException().isThrownBy(() -> store().insert(second));

    assertThat(store().find(first.id())).contains(inserted);
    assertThat(store().listNewestFirst(null, 10)).containsExactly(inserted);
  }

  @Test
  void concurrent_orders_get_unique_numbers() throws Exception {
    List<Order> inserted = insertConcurrently(8, 25);

    assertThat(inserted).hasSize(200);
    assertThat(inserted).extracting(Order::number).doesNotHaveDuplicates();
    assertThat(store().listNewestFirst(null, 1000)).containsExactlyInAnyOrderElementsOf(inserted);
  }

  @Test
  void lists_newest_first_then_by_id() {
    Order second = insert(SampleOrders.placedAfterSeconds(2));
    Order first = insert(SampleOrders.placedAfterSeconds(1));
    Order third = insert(SampleOrders.placedAfterSeconds(2));
    Order fourth = insert(SampleOrders.placedAfterSeconds(3));

    assertThat(store().listNewestFirst(null, 10)).containsExactly(fourth, third, second, first);
    assertThat(store().listNewestFirst(null, 2)).containsExactly(fourth, third);
    assertThat(store().listNewestFirst(third.sortKey(), 10)).containsExactly(second, first);
    assertThat(store().listNewestFirst(first.sortKey(), 10)).isEmpty();
  }

  @Test
  void lists_complete_orders() {
    Order rich = insert(SampleOrders.rich());
    Order maxLinesOrder = insert(SampleOrders.withMaxLines());
    Order allFieldsOrder = insert(SampleOrders.withAllFields());

    assertThat(store().listNewestFirst(null, 10))
        .containsExactly(allFieldsOrder, maxLinesOrder, rich);
  }

  @Test
  void paging_returns_each_earlier_order_once_despite_new_orders() {
    List<OrderId> earlier = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      earlier.add(insert(SampleOrders.placedAfterSeconds(i / 4)).id());
    }

    List<OrderId> found = new ArrayList<>();
    List<Order> page = store().listNewestFirst(null, 4);
    while (!page.isEmpty()) {
      page.forEach(order -> found.add(order.id()));
      OrderSortKey last = page.getLast().sortKey();
      insert(SampleOrders.placedAfterSeconds(1000 + found.size()));
      page = store().listNewestFirst(last, 4);
    }

    assertThat(found).containsExactlyElementsOf(earlier.reversed());
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    Order order = insert(SampleOrders.placedAfterSeconds(0));
    makeStoreUnavailable();

    ConcurrentRuns.assertUnavailable(
        () -> store().find(order.id()),
        () -> store().find(order.number()),
        () -> store().listNewestFirst(null, 1),
        () -> store().insert(SampleOrders.placedAfterSeconds(1)),
        () -> store().change(change(order, OrderTransition.PAY), null),
        () -> store().refunds(order.id()),
        () -> store().trace(order.id()),
        () -> store().countOrdersOf(new CustomerId("c-1")));
  }

  @Test
  void sample_with_all_fields_sets_every_stored_field() {
    NewOrder allFieldsOrder = SampleOrders.withAllFields();

    assertThat(allFieldsOrder.price().shipping()).isNotNull();
    assertThat(allFieldsOrder.price().discounts()).anyMatch(discount -> discount.code() != null);
    assertThat(allFieldsOrder.price().lines()).hasSize(4).anyMatch(line -> !line.units().isEmpty());
    assertThat(allFieldsOrder.price().taxTotal().isZero()).isFalse();
    assertThat(allFieldsOrder.rejected())
        .extracting(Rejection::reason)
        .contains(SkipReason.UNKNOWN_CODE, SkipReason.EXPIRED, SkipReason.USAGE_LIMIT_REACHED);
    assertThat(allFieldsOrder.trace())
        .extracting(RuleTrace::outcome)
        .anyMatch(
            outcome -> outcome instanceof RuleOutcome.Skipped skipped && skipped.path() != null)
        .anyMatch(outcome ->
            outcome instanceof RuleOutcome.Applied applied && !applied.shipping().isZero())
        .anyMatch(outcome ->
            outcome instanceof RuleOutcome.Applied applied && !applied.unapplied().isZero());
  }

  @Test
  void stores_the_pricing_trace_of_every_order() {
    for (NewOrder order :
        List.of(
            SampleOrders.placedAfterSeconds(0),
            SampleOrders.withAllFields(),
            SampleOrders.under(SeedRule.ruleSet(), null))) {
      insert(order);

      assertThat(store().trace(order.id())).contains(order.trace());
      SampleOrderChanges.cancel(store(), order.id(), LATER);
      assertThat(store().trace(order.id())).contains(order.trace());
    }
    assertThat(store().trace(SampleOrders.nextId())).isEmpty();
  }

  @Test
  void counts_the_orders_of_a_customer_except_cancelled_ones() {
    NewOrder first = SampleOrders.under(SeedRule.ruleSet(), "c-1");
    insert(first);
    insert(SampleOrders.under(SeedRule.ruleSet(), "c-1"));
    insert(SampleOrders.under(SeedRule.ruleSet(), "C-1"));
    insert(SampleOrders.placedAfterSeconds(0));

    assertThat(store().countOrdersOf(new CustomerId("c-1"))).isEqualTo(2);
    SampleOrderChanges.cancel(store(), first.id(), LATER);
    assertThat(store().countOrdersOf(new CustomerId("c-1"))).isEqualTo(1);
    assertThat(store().countOrdersOf(new CustomerId("unknown"))).isZero();
  }

  private static OrderChange change(Order order, OrderTransition transition) {
    return order.transition(transition, null, LATER, null).orElseThrow();
  }

  private Order insert(NewOrder order) {
    return SampleOrders.insert(store(), order);
  }

  private List<Order> insertConcurrently(int threads, int each)
      throws InterruptedException, ExecutionException {
    List<Order> inserted = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        running.add(
            executor.submit(() -> {
              for (int i = 0; i < each; i++) {
                inserted.add(insert(SampleOrders.placedAfterSeconds(i)));
              }
            }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
    return inserted;
  }
}
