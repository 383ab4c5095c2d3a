package kassa.bootstrap.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.pricing.CartLine;
import org.jspecify.annotations.Nullable;

/**
 * Generates the lifecycles of the sample orders, reproducibly for the same seed and times. One of
 * 100 orders is cancelled; the others are paid within hours and shipped and completed within days.
 * One of 40 has a refund. Transitions after the end are left out. Not thread-safe.
 */
final class DemoOrderLifecycle {

  private final SplittableRandom random;
  private final Instant end;

  DemoOrderLifecycle(long seed, Instant end) {
    this.random = new SplittableRandom(~seed);
    this.end = end;
  }

  /** Lifecycle of the next order, to be applied to the placed order; deterministic. */
  Function<Order, Optional<OrderChange>> nextLifecycle(Instant placedAt) {
    boolean isCancelled = random.nextInt(100) == 0;
    Instant paid = placedAt.plus(Duration.ofMinutes(1 + random.nextInt(600)));
    Instant shipped = paid.plus(Duration.ofHours(8 + random.nextInt(64)));
    Instant completed = shipped.plus(Duration.ofHours(30 + random.nextInt(90)));
    Instant returnedAt = completed.plus(Duration.ofHours(24 + random.nextInt(200)));
    boolean isReturned = random.nextInt(40) == 0;
    return isCancelled
        ? new CancelledOrder(placedAt.plus(Duration.ofHours(3)), end)
        : new DeliveredOrder(paid, shipped, completed, isReturned ? returnedAt : null, end);
  }

  private record CancelledOrder(Instant cancelledAt, Instant end)
      implements Function<Order, Optional<OrderChange>> {

    @Override
    public Optional<OrderChange> apply(Order placed) {
      Timeline timeline = new Timeline(placed, end);
      timeline.transition(OrderTransition.CANCEL, "changed their mind", cancelledAt);
      return Optional.ofNullable(timeline.change);
    }
  }

  private record DeliveredOrder(
      Instant paidAt,
      Instant shippedAt,
      Instant completedAt,
      @Nullable Instant returnedAt,
      Instant end)
      implements Function<Order, Optional<OrderChange>> {

    @Override
    public Optional<OrderChange> apply(Order placed) {
      Timeline timeline = new Timeline(placed, end);
      timeline.transition(OrderTransition.PAY, null, paidAt);
      timeline.transition(OrderTransition.SHIP, null, shippedAt);
      timeline.transition(OrderTransition.COMPLETE, null, completedAt);
      if (returnedAt != null) {
        timeline.refund(returnedAt);
      }
      return Optional.ofNullable(timeline.change);
    }
  }

  /** Transitions of one order up to the end. */
  private static final class Timeline {

    private final Order placed;
    private final Instant end;
    private @Nullable OrderChange change;

    Timeline(Order placed, Instant end) {
      this.placed = placed;
      this.end = end;
    }

    void transition(OrderTransition transition, @Nullable String reason, Instant at) {
      applyBeforeEnd(at, order -> order.transition(transition, reason, at, null).orElseThrow());
    }

    /** Refunds one unit of the first line, or all of it if it is less. */
    void refund(Instant at) {
      applyBeforeEnd(
          at,
          order -> {
            CartLine first = order.price().lines().getFirst().line();
            RefundRequest request =
                new RefundRequest(
                    new LinkedHashMap<>(
                        Map.of(first.sku(), Math.min(1_000, first.quantity().thousandths()))),
                    null,
                    new ShippingShare.None(),
                    "returned");
            return switch (new RefundedOrder(order, List.of()).refund(request, at, null)) {
              case Decision.Granted granted -> granted.change();
              case Decision rejected -> throw new IllegalStateException("rejected: " + rejected);
            };
          });
    }

    private void applyBeforeEnd(Instant at, Function<Order, OrderChange> step) {
      if (at.isBefore(end)) {
        change = change == null ? step.apply(placed) : change.then(step.apply(change.after()));
      }
    }
  }
}
