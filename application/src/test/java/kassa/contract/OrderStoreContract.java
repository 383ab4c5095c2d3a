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
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.Verdict;
import org.junit.jupiter.api.Test;

/** What every {@link OrderStore} has to pass. Each test meets an empty store. */
public abstract class OrderStoreContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);

  /** The store under test. It is empty when a test begins. */
  protected abstract OrderStore store();

  /** Makes the store unreachable for the rest of the test. */
  protected abstract void takeStoreAway();

  @Test
  void finds_an_order_by_its_id_and_by_its_number_as_it_was_accepted() {
    for (NewOrder order :
        List.of(
            SampleOrders.placedAfter(0),
            SampleOrders.rich(),
            SampleOrders.fullest(),
            SampleOrders.ofMostLines())) {
      Order accepted = accept(order);

      assertThat(accepted).isEqualTo(order.accepted(accepted.number()));
      assertThat(store().find(order.id())).contains(accepted);
      assertThat(store().find(accepted.number())).contains(accepted);
    }
  }

  @Test
  void answers_that_an_order_is_absent_when_it_is() {
    Order other = accept(SampleOrders.placedAfter(0));

    assertThat(store().find(SampleOrders.nextId())).isEmpty();
    assertThat(store().find(new OrderNumber(other.number().value() + 1))).isEmpty();
    assertThat(store().find(new OrderNumber(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void refuses_an_id_that_is_taken_and_changes_nothing() {
    NewOrder first = SampleOrders.placedAfter(0);
    Order accepted = accept(first);
    NewOrder second =
        new NewOrder(
            first.id(),
            null,
            SampleOrders.rich().price(),
            SampleOrders.rich().metadata(),
            first.placedAt().plusSeconds(1));

    assertThatIllegalStateException().isThrownBy(() -> store().accept(second));

    assertThat(store().find(first.id())).contains(accepted);
    assertThat(store().newestFirst(null, 10)).containsExactly(accepted);
  }

  @Test
  void gives_every_order_a_number_of_its_own_however_many_come_at_once() throws Exception {
    List<Order> accepted = acceptConcurrently(8, 25);

    assertThat(accepted).hasSize(200);
    assertThat(accepted).extracting(Order::number).doesNotHaveDuplicates();
    assertThat(store().newestFirst(null, 1000)).containsExactlyInAnyOrderElementsOf(accepted);
  }

  @Test
  void lists_the_newest_first_and_by_id_where_the_time_is_the_same() {
    Order second = accept(SampleOrders.placedAfter(2));
    Order first = accept(SampleOrders.placedAfter(1));
    Order third = accept(SampleOrders.placedAfter(2));
    Order fourth = accept(SampleOrders.placedAfter(3));

    assertThat(store().newestFirst(null, 10)).containsExactly(fourth, third, second, first);
    assertThat(store().newestFirst(null, 2)).containsExactly(fourth, third);
    assertThat(store().newestFirst(third.position(), 10)).containsExactly(second, first);
    assertThat(store().newestFirst(first.position(), 10)).isEmpty();
  }

  @Test
  void lists_orders_whole() {
    Order rich = accept(SampleOrders.rich());
    Order longest = accept(SampleOrders.ofMostLines());
    Order fullest = accept(SampleOrders.fullest());

    assertThat(store().newestFirst(null, 10)).containsExactly(fullest, longest, rich);
  }

  @Test
  void a_walk_meets_every_earlier_order_once_whatever_is_placed_meanwhile() {
    List<OrderId> earlier = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      earlier.add(accept(SampleOrders.placedAfter(i / 4)).id());
    }

    List<OrderId> met = new ArrayList<>();
    List<Order> page = store().newestFirst(null, 4);
    while (!page.isEmpty()) {
      page.forEach(order -> met.add(order.id()));
      OrderPosition last = page.getLast().position();
      accept(SampleOrders.placedAfter(1000 + met.size()));
      page = store().newestFirst(last, 4);
    }

    assertThat(met).containsExactlyElementsOf(earlier.reversed());
  }

  @Test
  void an_outage_is_never_answered_as_absence() {
    Order order = accept(SampleOrders.placedAfter(0));
    takeStoreAway();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().find(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().find(order.number()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().newestFirst(null, 1));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().accept(SampleOrders.placedAfter(1)));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().change(change(order, OrderMove.PAY)));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().refunds(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().trace(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store().ordersOf(new CustomerId("c-1")));
  }

  @Test
  void the_fullest_sample_has_all_that_there_is_to_keep() {
    NewOrder fullest = SampleOrders.fullest();

    assertThat(fullest.price().shipping()).isNotNull();
    assertThat(fullest.price().discounts()).anyMatch(discount -> discount.code() != null);
    assertThat(fullest.price().lines()).hasSize(4).anyMatch(line -> !line.units().isEmpty());
    assertThat(fullest.price().taxTotal().isZero()).isFalse();
    assertThat(fullest.rejected())
        .extracting(Rejection::reason)
        .contains(SkipReason.UNKNOWN_CODE, SkipReason.EXPIRED, SkipReason.USAGE_LIMIT_REACHED);
    assertThat(fullest.trace())
        .extracting(RuleTrace::verdict)
        .anyMatch(verdict -> verdict instanceof Verdict.Skipped skipped && skipped.path() != null)
        .anyMatch(
            verdict -> verdict instanceof Verdict.Applied applied && !applied.shipping().isZero())
        .anyMatch(
            verdict -> verdict instanceof Verdict.Applied applied && !applied.dropped().isZero());
  }

  @Test
  void keeps_the_trace_of_every_order_for_ever() {
    for (NewOrder order :
        List.of(
            SampleOrders.placedAfter(0),
            SampleOrders.fullest(),
            SampleOrders.under(ShippedRule.set(), null))) {
      accept(order);

      assertThat(store().trace(order.id())).contains(order.trace());
      SampleChanges.cancel(store(), order.id(), LATER);
      assertThat(store().trace(order.id())).contains(order.trace());
    }
    assertThat(store().trace(SampleOrders.nextId())).isEmpty();
  }

  @Test
  void counts_the_orders_of_a_customer_without_those_that_were_cancelled() {
    NewOrder first = SampleOrders.under(ShippedRule.set(), "c-1");
    accept(first);
    accept(SampleOrders.under(ShippedRule.set(), "c-1"));
    accept(SampleOrders.under(ShippedRule.set(), "C-1"));
    accept(SampleOrders.placedAfter(0));

    assertThat(store().ordersOf(new CustomerId("c-1"))).isEqualTo(2);
    SampleChanges.cancel(store(), first.id(), LATER);
    assertThat(store().ordersOf(new CustomerId("c-1"))).isEqualTo(1);
    assertThat(store().ordersOf(new CustomerId("nobody"))).isZero();
  }

  private static OrderChange change(Order order, OrderMove move) {
    return order.move(move, null, LATER, null).orElseThrow();
  }

  private Order accept(NewOrder order) {
    return SampleOrders.accept(store(), order);
  }

  private List<Order> acceptConcurrently(int threads, int each)
      throws InterruptedException, ExecutionException {
    List<Order> accepted = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        running.add(
            executor.submit(() -> {
              for (int i = 0; i < each; i++) {
                accepted.add(accept(SampleOrders.placedAfter(i)));
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
