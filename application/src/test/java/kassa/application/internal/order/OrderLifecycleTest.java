package kassa.application.internal.order;

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
import kassa.application.idempotency.Recording;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.RefundOrder;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryOrderStore;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.order.RefundedOrder.Excess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrderLifecycleTest {

  private static final Instant NOW = Instant.parse("2026-06-16T08:00:00.123456Z");
  private static final Sku MUG = new Sku("MUG");

  private final InMemoryOrderStore store = new InMemoryOrderStore();
  private final ChangeOrderStatus changeOrderStatus =
      new ChangeOrderStatusService(store, InstantSource.fixed(NOW), "clerk", Recording.none());
  private final RefundOrder refundOrder =
      new RefundOrderService(store, InstantSource.fixed(NOW), "clerk", Recording.none());

  /** Order of 10 mugs at 90.00. */
  private final Order order = SampleOrders.insert(store, SampleOrders.placedAfterSeconds(0));

  @Test
  void status_changes_record_actor_and_time() {
    changeStatus(1, OrderTransition.PAY);
    changeStatus(2, OrderTransition.SHIP);
    assertThat(changeStatus(3, OrderTransition.COMPLETE))
        .isInstanceOfSatisfying(
            ChangeOrderStatus.Outcome.Changed.class,
            changed -> assertThat(changed.order().status()).isEqualTo(OrderStatus.COMPLETED));

    assertThat(store.history(order.id()).orElseThrow())
        .last()
        .isEqualTo(
            new OrderEvent(
                NOW,
                "clerk",
                OrderEvent.Kind.COMPLETED,
                OrderStatus.SHIPPED,
                OrderStatus.COMPLETED,
                "why"));
  }

  @Test
  void rejects_unknown_changed_or_forbidden_transitions() {
    assertThat(
            changeOrderStatus.changeStatus(
                new ChangeOrderStatus.Command(SampleOrders.nextId(), 1, OrderTransition.PAY, null)))
        .isEqualTo(new ChangeOrderStatus.Outcome.NotFound());
    assertThat(changeStatus(2, OrderTransition.PAY))
        .isEqualTo(new ChangeOrderStatus.Outcome.VersionConflict());
    assertThat(changeStatus(1, OrderTransition.SHIP))
        .isEqualTo(new ChangeOrderStatus.Outcome.StatusForbids(OrderStatus.PLACED));
    assertThat(store.find(order.id())).contains(order);
  }

  @Test
  void refund_preview_stores_nothing() {
    changeStatus(1, OrderTransition.PAY);
    RefundOrder.Command two = mugs(2, null);

    RefundOrder.Outcome preview = refundOrder.preview(two);

    assertThat(store.refunds(order.id())).isEmpty();
    assertThat(store.find(order.id()).map(Order::version)).contains(2);
    assertThat(refundOrder.refund(two)).isEqualTo(preview);
    assertThat(store.refunds(order.id())).hasSize(1);
  }

  @Test
  void refunds_never_exceed_the_payment() {
    Money nothing = Money.zero(order.price().currency());
    assertThat(refundOrder.refund(mugs(1, null)))
        .isEqualTo(refused(new Decision.ExceedsPaid(new Excess.NotPaid(), nothing)));
    changeStatus(1, OrderTransition.PAY);
    assertThat(refundOrder.refund(mugs(1, 1))).isEqualTo(new RefundOrder.Outcome.VersionConflict());
    assertThat(refundOrder.preview(mugs(1, 3)))
        .isEqualTo(new RefundOrder.Outcome.VersionConflict());
    assertThat(refundOrder.refund(mugs(10, 2))).isInstanceOf(RefundOrder.Outcome.Refunded.class);
    assertThat(refundOrder.refund(mugs(1, null)))
        .isEqualTo(refused(new Decision.ExceedsPaid(new Excess.Quantity(MUG, 0), nothing)));
    assertThat(refundOrder.refund(new RefundOrder.Command(order.id(), null, of("CUP", 1))))
        .isEqualTo(refused(new Decision.ItemsNotOrdered(Set.of(new Sku("CUP")))));
    assertThat(
            refundOrder.refund(new RefundOrder.Command(SampleOrders.nextId(), null, of("MUG", 1))))
        .isEqualTo(new RefundOrder.Outcome.NotFound());
  }

  @Test
  void concurrent_refunds_are_neither_lost_nor_excessive() throws Exception {
    changeStatus(1, OrderTransition.PAY);
    try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
      Callable<RefundOrder.Outcome> call = () -> refundOrder.refund(mugs(1, null));
      List<Future<RefundOrder.Outcome>> outcomes =
          callers.invokeAll(Stream.generate(() -> call).limit(40).toList());

      assertThat(outcomes.stream().map(Future::resultNow))
          .filteredOn(RefundOrder.Outcome.Refunded.class::isInstance)
          .hasSize(10);
      assertThat(outcomes.stream().map(Future::resultNow))
          .noneMatch(RefundOrder.Outcome.ConcurrentModification.class::isInstance);
    }
    assertThat(store.find(order.id()).map(Order::refundedTotal)).contains(order.price().total());
  }

  private ChangeOrderStatus.Outcome changeStatus(int version, OrderTransition transition) {
    return changeOrderStatus.changeStatus(
        new ChangeOrderStatus.Command(order.id(), version, transition, "why"));
  }

  private RefundOrder.Command mugs(long units, @Nullable Integer version) {
    return new RefundOrder.Command(order.id(), version, of("MUG", units));
  }

  private static RefundRequest of(String sku, long units) {
    return new RefundRequest(
        new LinkedHashMap<>(Map.of(new Sku(sku), units * 1_000)),
        null,
        new ShippingShare.None(),
        null);
  }

  private static RefundOrder.Outcome refused(Decision.Refused reason) {
    return new RefundOrder.Outcome.Refused(reason);
  }
}
