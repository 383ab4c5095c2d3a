package kassa.application.internal.order;

import kassa.application.idempotency.Recording;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrders;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.order.Order;
import kassa.domain.order.OrderTransition;

/** Permission decorator: a customer can cancel their own orders, and nothing else. */
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

  /**
   * Secures changes of orders for every caller.
   *
   * @param changeOrderStatus changes any order in the name of the caller
   */
  public static Secured<ChangeOrderStatus> secure(
      FindOrders orders,
      Secured<ChangeOrderStatus> changeOrderStatus,
      Authorization authorization) {
    return caller ->
        caller.hasPermission(Permission.MANAGE_ORDERS)
            ? changeOrderStatus.as(caller)
            : new SecuredChangeOrderStatus(
                changeOrderStatus.as(caller),
                OwnerScopedOrders.ofCaller(orders, caller, Permission.MANAGE_ORDERS, authorization),
                authorization,
                caller);
  }

  @Override
  public ChangeOrderStatus recording(Recording<Order> recording) {
    return new SecuredChangeOrderStatus(
        delegate.recording(recording), orders, authorization, caller);
  }

  @Override
  public Outcome changeStatus(Command command) {
    if (orders.byId(command.id()).isEmpty()) {
      return new Outcome.NotFound();
    }
    if (command.transition() != OrderTransition.CANCEL) {
      throw authorization.denied(caller, Permission.MANAGE_ORDERS);
    }
    return delegate.changeStatus(command);
  }
}
