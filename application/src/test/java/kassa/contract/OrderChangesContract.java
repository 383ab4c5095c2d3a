package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.application.port.out.OrderStore.Submission;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderState;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link OrderStore} has to pass when orders change. Each test meets an empty store. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OrderChangesContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);
  private static final int THREADS = 8;

  /** The store under test. It is empty when a test begins. */
  protected abstract OrderStore store();

  @Test
  void keeps_an_order_as_each_move_leaves_it() {
    Order order = SampleOrders.accept(store(), SampleOrders.fullest());

    for (OrderMove move : List.of(OrderMove.PAY, OrderMove.SHIP, OrderMove.COMPLETE)) {
      order = SampleChanges.moved(store(), order, LATER.plusSeconds(order.version()), move);

      assertThat(store().find(order.id())).contains(order);
      assertThat(store().find(order.number())).contains(order);
    }
    assertThat(order.status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(order.version()).isEqualTo(4);
  }

  @Test
  void keeps_why_an_order_was_cancelled_and_whether_it_was_paid() {
    Order placed = SampleOrders.accept(store(), SampleOrders.fullest());
    Order paid = SampleChanges.moved(store(), accepted(), LATER, OrderMove.PAY);

    for (OrderChange change :
        List.of(
            cancellation(placed, "Wrong size; \"größer\""),
            cancellation(paid, "late"),
            cancellation(accepted(), null))) {
      assertThat(store().change(change)).isTrue();
      assertThat(store().find(change.after().id())).contains(change.after());
    }
    assertThat(store().find(paid.id()).map(Order::state))
        .contains(new OrderState.Cancelled(true, "late"));
    assertThat(store().find(placed.id()).map(Order::state))
        .contains(new OrderState.Cancelled(false, "Wrong size; \"größer\""));
  }

  @Test
  void changes_nothing_that_is_absent_or_was_changed() {
    Order order = accepted();
    OrderChange paid = move(order, OrderMove.PAY);
    OrderChange other = move(order, OrderMove.CANCEL);
    Order absent = SampleOrders.rich().accepted(order.number());

    assertThat(store().change(paid)).isTrue();
    assertThat(store().change(other)).isFalse();
    assertThat(store().change(paid)).isFalse();
    assertThat(store().change(move(absent, OrderMove.PAY))).isFalse();

    assertThat(store().find(order.id())).contains(paid.after());
    assertThat(store().history(order.id()).orElseThrow()).hasSize(2);
    assertThat(store().history(absent.id())).isEmpty();
  }

  @Test
  void keeps_what_was_given_back_with_who_and_when_and_why() {
    Order order =
        SampleChanges.moved(
            store(), SampleOrders.accept(store(), SampleOrders.fullest()), LATER, OrderMove.PAY);
    Sku mug = new Sku("MUG");
    Sku cheese = new Sku("Käse, jung");
    Money some = new Money(7, order.price().currency());

    Refund goods =
        refunded(
            order.id(),
            new RefundRequest(
                new LinkedHashMap<>(Map.of(mug, 3L, cheese, 1L)),
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
            new RefundRequest(new LinkedHashMap<>(), null, new ShippingShare.Rest(), null));

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
  void keeps_orders_of_the_past_as_they_are_by_now() {
    Submission delivered = sentBack(SampleOrders.fullest());
    Submission paid = since(SampleOrders.rich(), placed -> move(placed, OrderMove.PAY));
    Submission calledOff =
        since(SampleOrders.fullest(), placed -> cancellation(placed, "Wrong size; \"größer\""));
    Submission paidAndCalledOff =
        since(
            SampleOrders.fullest(),
            placed -> {
              OrderChange pay = move(placed, OrderMove.PAY);
              return pay.and(cancellation(pay.after(), null));
            });
    Submission placed = new Submission(SampleOrders.fullest(), null);
    List<Submission> all = List.of(delivered, paid, calledOff, paidAndCalledOff, placed);

    List<Order> kept = accepted(store().acceptAll(all));

    for (int i = 0; i < all.size(); i++) {
      Order order = kept.get(i);
      assertThat(order).isEqualTo(all.get(i).kept(order.number()));
      assertThat(store().find(order.id())).contains(order);
      assertThat(store().find(order.number())).contains(order);
      assertThat(store().trace(order.id())).contains(all.get(i).order().trace());
      assertThat(store().history(order.id())).contains(history(all.get(i)));
      assertThat(store().refunds(order.id())).isEqualTo(refunds(all.get(i)));
    }
    assertThat(kept).extracting(Order::version).containsExactly(6, 2, 2, 3, 1);
    assertThat(kept).extracting(order -> order.number().value()).isSorted();
    assertThat(kept.getFirst().refundedTotal().minorUnits()).isPositive();
    assertThat(kept.get(3).state()).isEqualTo(new OrderState.Cancelled(true, null));
    assertThat(store().newestFirst(null, 10)).containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  void an_order_of_the_past_goes_on_like_any_other() {
    Submission past = sentBack(SampleOrders.fullest());
    Order order = accepted(List.of(store().accept(past))).getFirst();
    Money some = new Money(7, order.price().currency());

    Refund more =
        refunded(
            order.id(),
            new RefundRequest(new LinkedHashMap<>(), some, new ShippingShare.None(), null));

    assertThat(store().refunds(order.id()))
        .containsExactly(refunds(past).getFirst(), refunds(past).getLast(), more);
    assertThat(store().find(order.id()).map(Order::refundedTotal))
        .contains(order.refundedTotal().plus(some));
    assertThat(store().history(order.id()).orElseThrow()).hasSize(7);
  }

  @Test
  void keeps_orders_of_the_past_together_with_others() {
    Submission past = since(SampleOrders.rich(), placed -> move(placed, OrderMove.PAY));
    Submission now = new Submission(SampleOrders.rich(), null);

    List<Order> kept = store().acceptTogether(List.of(past, now)).orElseThrow();

    assertThat(kept).extracting(Order::version).containsExactly(2, 1);
    assertThat(store().find(past.order().id())).contains(kept.getFirst());
    assertThat(store().find(now.order().id())).contains(kept.getLast());
    assertThat(store().history(past.order().id())).contains(history(past));
  }

  @Test
  void of_two_who_move_an_order_at_once_one_does_and_nothing_is_lost() throws Exception {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      orders.add(SampleOrders.accept(store(), SampleOrders.fullest()));
    }

    List<Boolean> made =
        Together.run(
            THREADS,
            120,
            i -> {
              OrderMove move = i % 2 == 0 ? OrderMove.PAY : OrderMove.CANCEL;
              Order order = orders.get(i / 4);
              return store().change(order.move(move, "by " + i, LATER, "clerk-" + i).orElseThrow());
            });

    assertThat(made).filteredOn(done -> done).hasSize(30);
    for (Order order : orders) {
      Order now = store().find(order.id()).orElseThrow();
      List<OrderEvent> events = store().history(order.id()).orElseThrow();
      assertThat(now.version()).isEqualTo(2);
      assertThat(events).hasSize(2);
      assertThat(events.getLast().to()).isEqualTo(now.status());
    }
  }

  @Test
  void refunds_that_come_at_once_are_all_kept_and_never_exceed_what_was_paid() throws Exception {
    // 10 mugs of 90.00.
    Order order = SampleChanges.moved(store(), accepted(), LATER, OrderMove.PAY);
    RefundRequest mug =
        new RefundRequest(
            new LinkedHashMap<>(Map.of(new Sku("MUG"), 1L)), null, new ShippingShare.None(), null);
    RefundRequest amount =
        new RefundRequest(
            new LinkedHashMap<>(),
            new Money(3_333, order.price().currency()),
            new ShippingShare.None(),
            null);

    List<Decision> decisions =
        Together.run(THREADS, 60, i -> refund(order.id(), i % 3 == 0 ? amount : mug));

    List<Refund> granted =
        decisions.stream()
            .filter(Decision.Granted.class::isInstance)
            .map(decision -> ((Decision.Granted) decision).refund())
            .toList();
    Order now = store().find(order.id()).orElseThrow();
    assertThat(store().refunds(order.id())).containsExactlyInAnyOrderElementsOf(granted);
    assertThat(now.version()).isEqualTo(2 + granted.size());
    assertThat(new RefundedOrder(now, store().refunds(order.id())).left())
        .matches(left -> left.minorUnits() >= 0 && left.minorUnits() < 9_000, "nearly nothing");
    assertThat(store().history(order.id()).orElseThrow()).hasSize(2 + granted.size());
  }

  private Refund refunded(OrderId id, RefundRequest request) {
    return ((Decision.Granted) refund(id, request)).refund();
  }

  /** Refunds as the use-case does: begins again when another was quicker. */
  private Decision refund(OrderId id, RefundRequest request) {
    while (true) {
      Order order = store().find(id).orElseThrow();
      Decision decision =
          RefundedOrder.of(order, store().refunds(id)).refund(request, LATER, "clerk");
      if (!(decision instanceof Decision.Granted granted) || store().change(granted.change())) {
        return decision;
      }
    }
  }

  /** An order of which a mug came back after it was completed, and all of its shipping. */
  private static Submission sentBack(NewOrder order) {
    return since(
        order,
        placed -> {
          OrderChange change = move(placed, OrderMove.PAY);
          change = change.and(move(change.after(), OrderMove.SHIP));
          change = change.and(move(change.after(), OrderMove.COMPLETE));
          RefundRequest mug =
              new RefundRequest(
                  new LinkedHashMap<>(Map.of(new Sku("MUG"), 1L)),
                  null,
                  new ShippingShare.None(),
                  "dented");
          RefundRequest shipping =
              new RefundRequest(new LinkedHashMap<>(), null, new ShippingShare.Rest(), null);
          change = change.and(granted(change.after(), List.of(), mug));
          return change.and(granted(change.after(), change.refunds(), shipping));
        });
  }

  private static OrderChange granted(Order order, List<Refund> before, RefundRequest request) {
    Decision decision = RefundedOrder.of(order, before).refund(request, LATER, "clerk");
    return ((Decision.Granted) decision).change();
  }

  private static Submission since(NewOrder order, Function<Order, OrderChange> happened) {
    return new Submission(order, happened.apply(order.accepted(new OrderNumber(1))), null);
  }

  private static List<OrderEvent> history(Submission submission) {
    List<OrderEvent> events = new ArrayList<>();
    events.add(OrderEvent.placed(submission.order().placedAt()));
    if (submission.since() != null) {
      events.addAll(submission.since().events());
    }
    return events;
  }

  private static List<Refund> refunds(Submission submission) {
    return submission.since() == null ? List.of() : submission.since().refunds();
  }

  private static List<Order> accepted(List<Acceptance> acceptances) {
    return acceptances.stream()
        .map(acceptance -> ((Acceptance.Accepted) acceptance).order())
        .toList();
  }

  private Order accepted() {
    return SampleOrders.accept(store(), SampleOrders.placedAfter(0));
  }

  private static OrderChange move(Order order, OrderMove move) {
    return order.move(move, null, LATER, null).orElseThrow();
  }

  private static OrderChange cancellation(Order order, @Nullable String reason) {
    return order.move(OrderMove.CANCEL, reason, LATER, null).orElseThrow();
  }
}
