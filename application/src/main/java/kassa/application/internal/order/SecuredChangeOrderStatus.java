package kassa.application.internal.order;

import kassa.application.idempotency.IdempotentRequest;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.order.Order;
import kassa.domain.order.OrderTransition;
import org.jspecify.annotations.Nullable;

/** Lets a person cancel their own orders, and nothing else. */
public final class SecuredChangeOrderStatus implements ChangeOrderStatus {

  private final ChangeOrderStatus delegate;
  private final OwnerScopedOrders orders;
  private final Authorization authorization;
  private final Caller caller;

  public SecuredChangeOrderStatus(
      ChangeOrderStatus delegate,
      OwnerScopedOrders orders,
      Authorization authorization,
      Caller caller) {
    this.delegate = delegate;
    this.orders = orders;
    this.authorization = authorization;
    this.caller = caller;
  }

  @Override
  public Outcome changeStatus(Command command, @Nullable IdempotentRequest<Order> request) {
    if (orders.byId(command.id()).isEmpty()) {
      return new Outcome.NotFound();
    }
    if (command.transition() != OrderTransition.CANCEL) {
      throw authorization.denied(caller, Permission.MOVE_ORDERS);
    }
    return delegate.changeStatus(command, request);
  }
}
