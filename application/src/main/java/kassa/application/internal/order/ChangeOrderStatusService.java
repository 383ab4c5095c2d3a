package kassa.application.internal.order;

import java.time.InstantSource;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import org.jspecify.annotations.Nullable;

/** Changes the status of orders, with optimistic locking. */
public final class ChangeOrderStatusService implements ChangeOrderStatus {

  private final OrderStore orders;
  private final InstantSource clock;
  private final String actor;

  /**
   * @param actor the caller's name, recorded as the actor of the change
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
            .transition(command.transition(), command.reason(), clock.instant(), actor)
            .orElse(null);
    if (change == null) {
      return new Outcome.StatusForbids(order.status());
    }
    Order changed = change.after();
    return switch (orders.change(change, request == null ? null : request.toRecord(changed))) {
      case DONE -> new Outcome.Changed(changed);
      case CONFLICT -> new Outcome.VersionConflict();
      case KEY_TAKEN -> new Outcome.KeyTaken();
    };
  }
}
