package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SeedRule;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.OrderTransition;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import org.junit.jupiter.api.Test;

/** What every {@link OrderStore} has to pass. Each test meets an empty store. */
public abstract class OrderStoreContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);

  /** The store under test. It is empty when a test begins. */
  protected abstract OrderStore store();

  /** Makes the store unreachable for the rest of the test. */
  protected abstract void makeStoreUnavailable();

  @Test
  void finds_an_order_by_id_and_number_as_inserted() {
    for (NewOrder order :
        List.of(
            SampleOrders.placedAfterSeconds(0),
            SampleOrders.rich(),
            SampleOrders.fullest(),
            SampleOrders.withMaxLines())) {
      Order accepted = insert(order);

      assertThat(accepted).isEqualTo(order.toOrder(accepted.number()));
      assertThat(store().find(order.id())).contains(accepted);
      assertThat(store().find(accepted.number())).contains(accepted);
    }
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
    Order accepted = insert(first);
    NewOrder second =
        new NewOrder(
            first.id(),
            null,
            SampleOrders.rich().price(),
            SampleOrders.rich().metadata(),
            first.placedAt().plusSeconds(1));

    assertThatIllegalStateException().isThrownBy(() -> store().insert(second));

    assertThat(store().find(first.id())).contains(accepted);
    assertThat(store().listNewestFirst(null, 10)).containsExactly(accepted);
  }

  @Test
  void concurrent_orders_get_unique_numbers() throws Exception {
    List<Order> accepted = insertConcurrently(8, 25);

    assertThat(accepted).hasSize(200);
    assertThat(accepted).extracting(Order::number).doesNotHaveDuplicates();
    assertThat(store().listNewestFirst(null, 1000)).containsExactlyInAnyOrderElementsOf(accepted);
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
    Order longestOrder = insert(SampleOrders.withMaxLines());
    Order fullest = insert(SampleOrders.fullest());

    assertThat(store().listNewestFirst(null, 10)).containsExactly(fullest, longestOrder, rich);
  }

  @Test
  void paging_returns_each_earlier_order_once_despite_new_orders() {
    List<OrderId> earlier = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      earlier.add(insert(SampleOrders.placedAfterSeconds(i / 4)).id());
    }

    List<OrderId> met = new ArrayList<>();
    List<Order> page = store().listNewestFirst(null, 4);
    while (!page.isEmpty()) {
      page.forEach(order -> met.add(order.id()));
      OrderSortKey last = page.getLast().sortKey();
      insert(SampleOrders.placedAfterSeconds(1000 + met.size()));
      page = store().listNewestFirst(last, 4);
    }

    assertThat(met).containsExactlyElementsOf(earlier.reversed());
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() {
    Order order = insert(SampleOrders.placedAfterSeconds(0));
    makeStoreUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().find(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().find(order.number()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().listNewestFirst(null, 1));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().insert(SampleOrders.placedAfterSeconds(1)));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().change(change(order, OrderTransition.PAY)));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().refunds(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().trace(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().countOrdersOf(new CustomerId("c-1")));
  }

  @Test
  void fullest_sample_sets_every_stored_field() {
    NewOrder fullest = SampleOrders.fullest();

    assertThat(fullest.price().shipping()).isNotNull();
    assertThat(fullest.price().discounts()).anyMatch(discount -> discount.code() != null);
    assertThat(fullest.price().lines()).hasSize(4).anyMatch(line -> !line.units().isEmpty());
    assertThat(fullest.price().taxTotal().isZero()).isFalse();
    assertThat(fullest.rejected())
        .extracting(Rejection::reason)
        .contains(SkipReason.UNKNOWN_CODE, SkipReason.EXPIRED, SkipReason.USAGE_LIMIT_REACHED);
    assertThat(fullest.trace())
        .extracting(RuleTrace::outcome)
        .anyMatch(
            verdict -> verdict instanceof RuleOutcome.Skipped skipped && skipped.path() != null)
        .anyMatch(verdict ->
            verdict instanceof RuleOutcome.Applied applied && !applied.shipping().isZero())
        .anyMatch(verdict ->
            verdict instanceof RuleOutcome.Applied applied && !applied.unapplied().isZero());
  }

  @Test
  void stores_the_pricing_trace_of_every_order() {
    for (NewOrder order :
        List.of(
            SampleOrders.placedAfterSeconds(0),
            SampleOrders.fullest(),
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
    assertThat(store().countOrdersOf(new CustomerId("nobody"))).isZero();
  }

  private static OrderChange change(Order order, OrderTransition transition) {
    return order.transition(transition, null, LATER, null).orElseThrow();
  }

  private Order insert(NewOrder order) {
    return SampleOrders.insert(store(), order);
  }

  private List<Order> insertConcurrently(int threads, int each)
      throws InterruptedException, ExecutionException {
    List<Order> accepted = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        running.add(
            executor.submit(() -> {
              for (int i = 0; i < each; i++) {
                accepted.add(insert(SampleOrders.placedAfterSeconds(i)));
              }
            }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
    return accepted;
  }
}
