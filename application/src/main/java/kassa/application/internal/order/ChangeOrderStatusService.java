package kassa.application.internal.order;

import java.time.InstantSource;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;

/** Changes the status of orders, with optimistic locking. */
public final class ChangeOrderStatusService implements ChangeOrderStatus {

  private final OrderStore orders;
  private final InstantSource clock;
  private final String actor;
  private final Recording<Order> recording;

  /**
   * @param actor the caller's name, recorded as the actor of the change
   * @param recording records each changed order
   */
  public ChangeOrderStatusService(
      OrderStore orders, InstantSource clock, String actor, Recording<Order> recording) {
    this.orders = orders;
    this.clock = clock;
    this.actor = actor;
    this.recording = recording;
  }

  @Override
  public ChangeOrderStatus recording(Recording<Order> other) {
    return new ChangeOrderStatusService(orders, clock, actor, other);
  }

  @Override
  public Outcome changeStatus(Command command) {
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
    return orders.change(change, recording.of(changed, changed.updatedAt()))
        ? new Outcome.Changed(changed)
        : new Outcome.VersionConflict();
  }
}
