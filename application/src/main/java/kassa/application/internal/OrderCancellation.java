package kassa.application.internal;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import kassa.application.port.in.CancelOrder;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.OrderStore.Cancellation;
import kassa.domain.order.OrderId;
import org.jspecify.annotations.Nullable;

/** Cancels orders. */
public final class OrderCancellation implements CancelOrder {

  private final OrderStore orders;
  private final InstantSource clock;

  public OrderCancellation(OrderStore orders, InstantSource clock) {
    this.orders = orders;
    this.clock = clock;
  }

  @Override
  public Outcome cancel(OrderId id, int version, @Nullable String reason) {
    return switch (orders.cancel(
        id, version, reason, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
      case Cancellation.Cancelled cancelled -> new Outcome.Cancelled(cancelled.order());
      case Cancellation.Absent() -> new Outcome.Absent();
      case Cancellation.Stale stale -> new Outcome.Stale();
      case Cancellation.NotAllowed notAllowed -> new Outcome.NotAllowed(notAllowed.status());
    };
  }
}
