package kassa.bootstrap;

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
import kassa.domain.order.OrderMove;
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
final class DemoFates {

  private final SplittableRandom random;
  private final Instant end;

  DemoFates(long seed, Instant end) {
    this.random = new SplittableRandom(~seed);
    this.end = end;
  }

  /** What will become of the next order, once it has a price; of the same order the same. */
  Function<Order, Optional<OrderChange>> next(Instant placedAt) {
    boolean isCancelled = random.nextInt(100) == 0;
    Instant paid = placedAt.plus(Duration.ofMinutes(1 + random.nextInt(600)));
    Instant shipped = paid.plus(Duration.ofHours(8 + random.nextInt(64)));
    Instant completed = shipped.plus(Duration.ofHours(30 + random.nextInt(90)));
    Instant back = completed.plus(Duration.ofHours(24 + random.nextInt(200)));
    boolean comesBack = random.nextInt(40) == 0;
    return isCancelled
        ? new CalledOff(placedAt.plus(Duration.ofHours(3)), end)
        : new Delivered(paid, shipped, completed, comesBack ? back : null, end);
  }

  private record CalledOff(Instant at, Instant end)
      implements Function<Order, Optional<OrderChange>> {

    @Override
    public Optional<OrderChange> apply(Order placed) {
      Life life = new Life(placed, end);
      life.move(OrderMove.CANCEL, "changed their mind", at);
      return Optional.ofNullable(life.change);
    }
  }

  private record Delivered(
      Instant paid, Instant shipped, Instant completed, @Nullable Instant back, Instant end)
      implements Function<Order, Optional<OrderChange>> {

    @Override
    public Optional<OrderChange> apply(Order placed) {
      Life life = new Life(placed, end);
      life.move(OrderMove.PAY, null, paid);
      life.move(OrderMove.SHIP, null, shipped);
      life.move(OrderMove.COMPLETE, null, completed);
      if (back != null) {
        life.refund(back);
      }
      return Optional.ofNullable(life.change);
    }
  }

  /** The steps of one order, up to the end. */
  private static final class Life {

    private final Order placed;
    private final Instant end;
    private @Nullable OrderChange change;

    Life(Order placed, Instant end) {
      this.placed = placed;
      this.end = end;
    }

    void move(OrderMove move, @Nullable String reason, Instant at) {
      step(at, order -> order.move(move, reason, at, null).orElseThrow());
    }

    /** The first of the first line comes back. */
    void refund(Instant at) {
      step(
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

    private void step(Instant at, Function<Order, OrderChange> step) {
      if (at.isBefore(end)) {
        change = change == null ? step.apply(placed) : change.and(step.apply(change.after()));
      }
    }
  }
}
