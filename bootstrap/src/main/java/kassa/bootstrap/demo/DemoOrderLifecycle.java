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
import org.jspecify.annotations.Nullable;

/**
 * What became of the orders of a shop that never was: one in a hundred is called off, the others
 * are paid within hours and sent and completed within days, as far as the end is not before that;
 * of one in forty something comes back. The same fates for the same seed and times.
 */
final class DemoOrderLifecycle {

  private final SplittableRandom random;
  private final Instant end;

  DemoOrderLifecycle(long seed, Instant end) {
    this.random = new SplittableRandom(~seed);
    this.end = end;
  }

  /** What will become of the next order, once it has a price; of the same order the same. */
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
      Timeline life = new Timeline(placed, end);
      life.transition(OrderTransition.CANCEL, "changed their mind", cancelledAt);
      return Optional.ofNullable(life.change);
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
      Timeline life = new Timeline(placed, end);
      life.transition(OrderTransition.PAY, null, paidAt);
      life.transition(OrderTransition.SHIP, null, shippedAt);
      life.transition(OrderTransition.COMPLETE, null, completedAt);
      if (returnedAt != null) {
        life.refund(returnedAt);
      }
      return Optional.ofNullable(life.change);
    }
  }

  /** The steps of one order, up to the end. */
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

    /** The first of the first line comes back. */
    void refund(Instant at) {
      applyBeforeEnd(
          at,
          order -> {
            RefundRequest request =
                new RefundRequest(
                    new LinkedHashMap<>(Map.of(order.price().lines().getFirst().line().sku(), 1L)),
                    null,
                    new ShippingShare.None(),
                    "sent back");
            return switch (new RefundedOrder(order, List.of()).refund(request, at, null)) {
              case Decision.Granted granted -> granted.change();
              case Decision refused -> throw new IllegalStateException("refused: " + refused);
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
