package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.RefundOrder;
import kassa.contract.InMemoryOrderStore;
import kassa.contract.SampleOrders;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder.Excess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrderLifeTest {

  private static final Instant NOW = Instant.parse("2026-06-16T08:00:00.123456789Z");
  private static final Sku MUG = new Sku("MUG");

  private final InMemoryOrderStore store = new InMemoryOrderStore();
  private final MoveOrder moving = new OrderMoving(store, InstantSource.fixed(NOW), "clerk");
  private final RefundOrder refunding =
      new OrderRefunding(store, InstantSource.fixed(NOW), "clerk");

  /** 10 mugs of 90.00. */
  private final Order order = SampleOrders.accept(store, SampleOrders.placedAfter(0));

  @Test
  void leads_an_order_to_its_end_and_tells_who_did_what_and_when() {
    move(1, OrderMove.PAY);
    move(2, OrderMove.SHIP);
    assertThat(move(3, OrderMove.COMPLETE))
        .isInstanceOfSatisfying(
            MoveOrder.Outcome.Moved.class,
            moved -> assertThat(moved.order().status()).isEqualTo(OrderStatus.COMPLETED));

    assertThat(store.history(order.id()).orElseThrow())
        .last()
        .isEqualTo(
            new OrderEvent(
                Instant.parse("2026-06-16T08:00:00.123456Z"),
                "clerk",
                OrderEvent.Kind.COMPLETED,
                OrderStatus.SHIPPED,
                OrderStatus.COMPLETED,
                "why"));
  }

  @Test
  void moves_nothing_that_is_absent_or_was_changed_or_may_not_be_moved() {
    assertThat(moving.move(new MoveOrder.Command(SampleOrders.nextId(), 1, OrderMove.PAY, null)))
        .isEqualTo(new MoveOrder.Outcome.Absent());
    assertThat(move(2, OrderMove.PAY)).isEqualTo(new MoveOrder.Outcome.Stale());
    assertThat(move(1, OrderMove.SHIP))
        .isEqualTo(new MoveOrder.Outcome.NotAllowed(OrderStatus.PLACED));
    assertThat(store.find(order.id())).contains(order);
  }

  @Test
  void tries_a_refund_out_and_keeps_nothing() {
    move(1, OrderMove.PAY);
    RefundOrder.Command two = mugs(2, null);

    RefundOrder.Outcome tried = refunding.tryOut(two);

    assertThat(store.refunds(order.id())).isEmpty();
    assertThat(store.find(order.id()).map(Order::version)).contains(2);
    assertThat(refunding.refund(two)).isEqualTo(tried);
    assertThat(store.refunds(order.id())).hasSize(1);
  }

  @Test
  void refunds_what_is_meant_and_no_more_than_was_paid() {
    Money nothing = Money.zero(order.price().currency());
    assertThat(refunding.refund(mugs(1, null)))
        .isEqualTo(new RefundOrder.Outcome.Exceeds(new Excess.NotPaid(), nothing));
    move(1, OrderMove.PAY);
    assertThat(refunding.refund(mugs(1, 1))).isEqualTo(new RefundOrder.Outcome.Stale());
    assertThat(refunding.tryOut(mugs(1, 3))).isEqualTo(new RefundOrder.Outcome.Stale());
    assertThat(refunding.refund(mugs(10, 2))).isInstanceOf(RefundOrder.Outcome.Refunded.class);
    assertThat(refunding.refund(mugs(1, null)))
        .isEqualTo(new RefundOrder.Outcome.Exceeds(new Excess.Units(MUG, 0), nothing));
    assertThat(refunding.refund(new RefundOrder.Command(order.id(), null, of("CUP", 1))))
        .isEqualTo(new RefundOrder.Outcome.NotOrdered(Set.of(new Sku("CUP"))));
    assertThat(refunding.refund(new RefundOrder.Command(SampleOrders.nextId(), null, of("MUG", 1))))
        .isEqualTo(new RefundOrder.Outcome.Absent());
  }

  @Test
  void of_many_refunds_at_once_none_is_lost_and_none_is_too_much() throws Exception {
    move(1, OrderMove.PAY);
    try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
      Callable<RefundOrder.Outcome> call = () -> refunding.refund(mugs(1, null));
      List<Future<RefundOrder.Outcome>> outcomes =
          callers.invokeAll(Stream.generate(() -> call).limit(40).toList());

      assertThat(outcomes.stream().map(Future::resultNow))
          .filteredOn(RefundOrder.Outcome.Refunded.class::isInstance)
          .hasSize(10);
      assertThat(outcomes.stream().map(Future::resultNow))
          .noneMatch(RefundOrder.Outcome.Contended.class::isInstance);
    }
    assertThat(store.find(order.id()).map(Order::refundedTotal)).contains(order.price().total());
  }

  private MoveOrder.Outcome move(int version, OrderMove move) {
    return moving.move(new MoveOrder.Command(order.id(), version, move, "why"));
  }

  private RefundOrder.Command mugs(long units, @Nullable Integer version) {
    return new RefundOrder.Command(order.id(), version, of("MUG", units));
  }

  private static RefundRequest of(String sku, long units) {
    return new RefundRequest(
        new LinkedHashMap<>(Map.of(new Sku(sku), units)), null, new ShippingShare.None(), null);
  }
}
