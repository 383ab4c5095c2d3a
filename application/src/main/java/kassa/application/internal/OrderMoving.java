package kassa.application.internal;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import org.jspecify.annotations.Nullable;

/** Leads orders through their life. */
public final class OrderMoving implements MoveOrder {

  private final OrderStore orders;
  private final InstantSource clock;
  private final String actor;

  /**
   * @param actor in whose name
   */
  public OrderMoving(OrderStore orders, InstantSource clock, String actor) {
    this.orders = orders;
    this.clock = clock;
    this.actor = actor;
  }

  @Override
  public Outcome move(Command command, @Nullable KeyedCall<Order> call) {
    Order order = orders.find(command.id()).orElse(null);
    if (order == null) {
      return new Outcome.Absent();
    }
    if (order.version() != command.version()) {
      return new Outcome.Stale();
    }
    OrderChange change =
        order
            .move(
                command.move(),
                command.reason(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor)
            .orElse(null);
    if (change == null) {
      return new Outcome.NotAllowed(order.status());
    }
    Order moved = change.after();
    return switch (orders.change(change, call == null ? null : call.keep(moved))) {
      case MADE -> new Outcome.Moved(moved);
      case OVERTAKEN -> new Outcome.Stale();
      case KEY_TAKEN -> new Outcome.KeyTaken();
    };
  }
}
