package kassa.application.internal.access;

import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.MoveOrder;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.order.Order;
import kassa.domain.order.OrderMove;
import org.jspecify.annotations.Nullable;

/** Lets a person cancel their own orders, and nothing else. */
public final class OwnOrdersMoving implements MoveOrder {

  private final MoveOrder moving;
  private final OwnOrders orders;
  private final Access access;
  private final Caller caller;

  public OwnOrdersMoving(MoveOrder moving, OwnOrders orders, Access access, Caller caller) {
    this.moving = moving;
    this.orders = orders;
    this.access = access;
    this.caller = caller;
  }

  @Override
  public Outcome move(Command command, @Nullable KeyedCall<Order> call) {
    if (orders.byId(command.id()).isEmpty()) {
      return new Outcome.Absent();
    }
    if (command.move() != OrderMove.CANCEL) {
      throw access.denied(caller, Permission.MOVE_ORDERS);
    }
    return moving.move(command, call);
  }
}
