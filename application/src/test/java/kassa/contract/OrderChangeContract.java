package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.AtomicInsertResult;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderState;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Contract of order changes in {@link OrderStore}: status transitions, refunds and historical
 * orders. Every implementation has to pass these tests, starting with an empty store.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OrderChangeContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);
  private static final int THREADS = 8;

  /** Store under test; empty at the start of a test. */
  protected abstract OrderStore store();

  @Test
  void stores_the_order_after_each_transition() {
    Order order = SampleOrders.insert(store(), SampleOrders.withAllFields());

    for (OrderTransition transition :
        List.of(OrderTransition.PAY, OrderTransition.SHIP, OrderTransition.COMPLETE)) {
      order =
          SampleOrderChanges.transitioned(
              store(), order, LATER.plusSeconds(order.version()), transition);

      assertThat(store().find(order.id())).contains(order);
      assertThat(store().find(order.number())).contains(order);
    }
    assertThat(order.status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(order.version()).isEqualTo(4);
  }

  @Test
  void stores_cancellation_reason_and_payment() {
    Order placed = SampleOrders.insert(store(), SampleOrders.withAllFields());
    Order paid = SampleOrderChanges.transitioned(store(), inserted(), LATER, OrderTransition.PAY);

    for (OrderChange change :
        List.of(
            cancellation(placed, "Wrong size; \"größer\""),
            cancellation(paid, "late"),
            cancellation(inserted(), null))) {
      assertThat(store().change(change, null)).isTrue();
      assertThat(store().find(change.after().id())).contains(change.after());
    }
    assertThat(store().find(paid.id()).map(Order::state))
        .contains(new OrderState.Cancelled(true, "late"));
    assertThat(store().find(placed.id()).map(Order::state))
        .contains(new OrderState.Cancelled(false, "Wrong size; \"größer\""));
  }

  @Test
  void rejects_changes_of_unknown_or_changed_orders() {
    Order order = inserted();
    OrderChange paid = transition(order, OrderTransition.PAY);
    OrderChange other = transition(order, OrderTransition.CANCEL);
    Order absent = SampleOrders.rich().toOrder(order.number());

    assertThat(store().change(paid, null)).isTrue();
    assertThat(store().change(other, null)).isFalse();
    assertThat(store().change(paid, null)).isFalse();
    assertThat(store().change(transition(absent, OrderTransition.PAY), null)).isFalse();

    assertThat(store().find(order.id())).contains(paid.after());
    assertThat(store().history(order.id()).orElseThrow()).hasSize(2);
    assertThat(store().history(absent.id())).isEmpty();
  }

  @Test
  void stores_refunds_with_actor_time_and_reason() {
    Order order =
        SampleOrderChanges.transitioned(
            store(),
            SampleOrders.insert(store(), SampleOrders.withAllFields()),
            LATER,
            OrderTransition.PAY);
    Sku mug = new Sku("MUG");
    Sku cheese = new Sku("Käse, jung");
    Money some = new Money(7, order.price().currency());

    Refund goods =
        refunded(
            order.id(),
            new RefundRequest(
                new LinkedHashMap<>(Map.of(mug, 3_000L, cheese, 125L)),
                null,
                new ShippingShare.Part(some),
                "dented; \"ü\""));
    Refund amount =
        refunded(
            order.id(),
            new RefundRequest(new LinkedHashMap<>(), some, new ShippingShare.None(), null));
    Refund shipping =
        refunded(
            order.id(),
            new RefundRequest(new LinkedHashMap<>(), null, new ShippingShare.Remaining(), null));

    assertThat(goods.lines()).hasSize(2);
    assertThat(store().refunds(order.id())).containsExactly(goods, amount, shipping);
    assertThat(store().refunds(SampleOrders.nextId())).isEmpty();
    Order after = store().find(order.id()).orElseThrow();
    assertThat(after.version()).isEqualTo(5);
    assertThat(after.refundedTotal())
        .isEqualTo(goods.total().plus(amount.total()).plus(shipping.total()));
    assertThat(store().history(order.id()).orElseThrow())
        .last()
        .isEqualTo(
            new OrderEvent(
                LATER,
                "clerk",
                OrderEvent.Kind.REFUNDED,
                OrderStatus.PAID,
                OrderStatus.PAID,
                null));
  }

  @Test
  void stores_historical_orders_in_their_current_state() {
    OrderInsert delivered = returned(SampleOrders.withAllFields());
    OrderInsert paid =
        historical(SampleOrders.rich(), placed -> transition(placed, OrderTransition.PAY));
    OrderInsert cancelled =
        historical(
            SampleOrders.withAllFields(), placed -> cancellation(placed, "Wrong size; \"größer\""));
    OrderInsert paidAndCancelled =
        historical(
            SampleOrders.withAllFields(),
            placed -> {
              OrderChange pay = transition(placed, OrderTransition.PAY);
              return pay.then(cancellation(pay.after(), null));
            });
    OrderInsert placed = new OrderInsert(SampleOrders.withAllFields(), null);
    List<OrderInsert> all = List.of(delivered, paid, cancelled, paidAndCancelled, placed);

    List<Order> stored = inserted(store().insertAll(all));

    for (int i = 0; i < all.size(); i++) {
      Order order = stored.get(i);
      assertThat(order).isEqualTo(all.get(i).toStoredOrder(order.number()));
      assertThat(store().find(order.id())).contains(order);
      assertThat(store().find(order.number())).contains(order);
      assertThat(store().trace(order.id())).contains(all.get(i).order().trace());
      assertThat(store().history(order.id())).contains(history(all.get(i)));
      assertThat(store().refunds(order.id())).isEqualTo(refunds(all.get(i)));
    }
    assertThat(stored).extracting(Order::version).containsExactly(6, 2, 2, 3, 1);
    assertThat(stored).extracting(order -> order.number().value()).isSorted();
    assertThat(stored.getFirst().refundedTotal().minorUnits()).isPositive();
    assertThat(stored.get(3).state()).isEqualTo(new OrderState.Cancelled(true, null));
    assertThat(store().listNewestFirst(null, 10)).containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  void historical_order_can_be_changed_like_any_other() {
    OrderInsert historical = returned(SampleOrders.withAllFields());
    Order order = inserted(List.of(store().insert(historical))).getFirst();
    Money some = new Money(7, order.price().currency());

    Refund more =
        refunded(
            order.id(),
            new RefundRequest(new LinkedHashMap<>(), some, new ShippingShare.None(), null));

    assertThat(store().refunds(order.id()))
        .containsExactly(refunds(historical).getFirst(), refunds(historical).getLast(), more);
    assertThat(store().find(order.id()).map(Order::refundedTotal))
        .contains(order.refundedTotal().plus(some));
    assertThat(store().history(order.id()).orElseThrow()).hasSize(7);
  }

  @Test
  void stores_historical_and_new_orders_in_one_batch() {
    OrderInsert historical =
        historical(SampleOrders.rich(), placed -> transition(placed, OrderTransition.PAY));
    OrderInsert now = new OrderInsert(SampleOrders.rich(), null);

    List<Order> stored =
        ((AtomicInsertResult.Inserted) store().insertAtomically(List.of(historical, now))).orders();

    assertThat(stored).extracting(Order::version).containsExactly(2, 1);
    assertThat(store().find(historical.order().id())).contains(stored.getFirst());
    assertThat(store().find(now.order().id())).contains(stored.getLast());
    assertThat(store().history(historical.order().id())).contains(history(historical));
  }

  @Test
  void one_of_two_concurrent_transitions_succeeds() throws Exception {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      orders.add(SampleOrders.insert(store(), SampleOrders.withAllFields()));
    }

    List<Boolean> results =
        ConcurrentRuns.run(
            THREADS,
            120,
            i -> {
              OrderTransition transition =
                  i % 2 == 0 ? OrderTransition.PAY : OrderTransition.CANCEL;
              Order order = orders.get(i / 4);
              return store()
                  .change(
                      order.transition(transition, "by " + i, LATER, "clerk-" + i).orElseThrow(),
                      null);
            });

    assertThat(results).filteredOn(done -> done).hasSize(30);
    for (Order order : orders) {
      Order now = store().find(order.id()).orElseThrow();
      List<OrderEvent> events = store().history(order.id()).orElseThrow();
      assertThat(now.version()).isEqualTo(2);
      assertThat(events).hasSize(2);
      assertThat(events.getLast().to()).isEqualTo(now.status());
    }
  }

  @Test
  void concurrent_refunds_are_all_stored_and_never_exceed_the_payment() throws Exception {
    // 10 mugs of 90.00.
    Order order = SampleOrderChanges.transitioned(store(), inserted(), LATER, OrderTransition.PAY);
    RefundRequest mug =
        new RefundRequest(
            new LinkedHashMap<>(Map.of(new Sku("MUG"), 1_000L)),
            null,
            new ShippingShare.None(),
            null);
    RefundRequest amount =
        new RefundRequest(
            new LinkedHashMap<>(),
            new Money(3_333, order.price().currency()),
            new ShippingShare.None(),
            null);

    List<Decision> decisions =
        ConcurrentRuns.run(THREADS, 60, i -> refund(order.id(), i % 3 == 0 ? amount : mug));

    List<Refund> granted =
        decisions.stream()
            .filter(Decision.Granted.class::isInstance)
            .map(decision -> ((Decision.Granted) decision).refund())
            .toList();
    Order now = store().find(order.id()).orElseThrow();
    assertThat(store().refunds(order.id())).containsExactlyInAnyOrderElementsOf(granted);
    assertThat(now.version()).isEqualTo(2 + granted.size());
    assertThat(new RefundedOrder(now, store().refunds(order.id())).remaining())
        .matches(left -> left.minorUnits() >= 0 && left.minorUnits() < 9_000, "less than one mug");
    assertThat(store().history(order.id()).orElseThrow()).hasSize(2 + granted.size());
  }

  private Refund refunded(OrderId id, RefundRequest request) {
    return ((Decision.Granted) refund(id, request)).refund();
  }

  /** Refunds like the use case: retries after a concurrent change. */
  private Decision refund(OrderId id, RefundRequest request) {
    while (true) {
      Order order = store().find(id).orElseThrow();
      Decision decision =
          RefundedOrder.of(order, store().refunds(id)).refund(request, LATER, "clerk");
      if (!(decision instanceof Decision.Granted granted)
          || store().change(granted.change(), null)) {
        return decision;
      }
    }
  }

  /** Returns a completed historical order with a refund of one mug and of all shipping. */
  private static OrderInsert returned(NewOrder order) {
    return historical(
        order,
        placed -> {
          OrderChange change = transition(placed, OrderTransition.PAY);
          change = change.then(transition(change.after(), OrderTransition.SHIP));
          change = change.then(transition(change.after(), OrderTransition.COMPLETE));
          RefundRequest mug =
              new RefundRequest(
                  new LinkedHashMap<>(Map.of(new Sku("MUG"), 1_000L)),
                  null,
                  new ShippingShare.None(),
                  "dented");
          RefundRequest shipping =
              new RefundRequest(new LinkedHashMap<>(), null, new ShippingShare.Remaining(), null);
          change = change.then(granted(change.after(), List.of(), mug));
          return change.then(granted(change.after(), change.refunds(), shipping));
        });
  }

  private static OrderChange granted(Order order, List<Refund> before, RefundRequest request) {
    Decision decision = RefundedOrder.of(order, before).refund(request, LATER, "clerk");
    return ((Decision.Granted) decision).change();
  }

  private static OrderInsert historical(NewOrder order, Function<Order, OrderChange> laterChange) {
    return new OrderInsert(order, laterChange.apply(order.toOrder(new OrderNumber(1))), null);
  }

  private static List<OrderEvent> history(OrderInsert submission) {
    List<OrderEvent> events = new ArrayList<>();
    events.add(OrderEvent.placed(submission.order().placedAt()));
    if (submission.laterChange() != null) {
      events.addAll(submission.laterChange().events());
    }
    return events;
  }

  private static List<Refund> refunds(OrderInsert submission) {
    return submission.laterChange() == null ? List.of() : submission.laterChange().refunds();
  }

  private static List<Order> inserted(List<InsertResult> results) {
    return results.stream().map(result -> ((InsertResult.Inserted) result).order()).toList();
  }

  private Order inserted() {
    return SampleOrders.insert(store(), SampleOrders.placedAfterSeconds(0));
  }

  private static OrderChange transition(Order order, OrderTransition transition) {
    return order.transition(transition, null, LATER, null).orElseThrow();
  }

  private static OrderChange cancellation(Order order, @Nullable String reason) {
    return order.transition(OrderTransition.CANCEL, reason, LATER, null).orElseThrow();
  }
}
