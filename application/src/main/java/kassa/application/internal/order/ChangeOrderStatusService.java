package kassa.application.internal.order;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import org.jspecify.annotations.Nullable;

/** Leads orders through their life. */
public final class ChangeOrderStatusService implements ChangeOrderStatus {

  private final OrderStore orders;
  private final InstantSource clock;
  private final String actor;

  /**
   * @param actor in whose name
   */
  public ChangeOrderStatusService(OrderStore orders, InstantSource clock, String actor) {
    this.orders = orders;
    this.clock = clock;
    this.actor = actor;
  }

  @Override
  public Outcome changeStatus(Command command, @Nullable IdempotentRequest<Order> request) {
    Order order = orders.find(command.id()).orElse(null);
    if (order == null) {
      return new Outcome.NotFound();
    }
    if (order.version() != command.version()) {
      return new Outcome.VersionConflict();
    }
    OrderChange change =
        order
            .transition(
                command.transition(),
                command.reason(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor)
            .orElse(null);
    if (change == null) {
      return new Outcome.StatusForbids(order.status());
    }
    Order moved = change.after();
    return switch (orders.change(change, request == null ? null : request.toRecord(moved))) {
      case DONE -> new Outcome.Changed(moved);
      case CONFLICT -> new Outcome.VersionConflict();
      case KEY_TAKEN -> new Outcome.KeyTaken();
    };
  }
}
