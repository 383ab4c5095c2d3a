package kassa.application.internal.order;

import java.util.List;
import java.util.Optional;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.Slice;
import kassa.application.port.in.order.FindOrder;
import kassa.application.port.in.order.FindOrders;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.identity.UserId;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;

/** Finds and lists the orders of one customer only; orders of others do not exist for them. */
public final class OwnerScopedOrders implements FindOrders {

  private final FindOrders delegate;
  private final CustomerId owner;

  public OwnerScopedOrders(FindOrders orders, UserId owner) {
    this.delegate = orders;
    this.owner = new CustomerId(owner.toString());
  }

  /** Secures finding orders for every caller: without a permission for all, only the own ones. */
  public static Secured<FindOrders> secure(FindOrders orders, Authorization authorization) {
    return caller ->
        caller.hasPermission(Permission.READ_ALL_ORDERS)
            ? orders
            : ofCaller(orders, caller, Permission.READ_ALL_ORDERS, authorization);
  }

  /**
   * Secures finding an order to change: a caller who may change orders finds all of them, even
   * without the permission to read all of them.
   */
  public static Secured<FindOrder> secureFindOrderToChange(
      FindOrders orders, Authorization authorization) {
    return caller ->
        caller.hasPermission(Permission.MANAGE_ORDERS)
            ? orders
            : ofCaller(orders, caller, Permission.MANAGE_ORDERS, authorization);
  }

  /**
   * Returns the caller's own orders.
   *
   * @throws kassa.application.port.in.AccessDeniedException if the caller has none and lacks the
   *     permission for all orders
   */
  static OwnerScopedOrders ofCaller(
      FindOrders orders,
      Caller caller,
      Permission allOrdersPermission,
      Authorization authorization) {
    if (!caller.hasPermission(Permission.MANAGE_OWN_ORDERS)) {
      throw authorization.denied(caller, allOrdersPermission);
    }
    return new OwnerScopedOrders(
        orders,
        caller.userId().orElseThrow(() -> authorization.denied(caller, allOrdersPermission)));
  }

  @Override
  public Optional<Order> byId(OrderId id) {
    return delegate.byId(id).filter(this::isOwn);
  }

  @Override
  public Optional<Order> byNumber(OrderNumber number) {
    return delegate.byNumber(number).filter(this::isOwn);
  }

  /** Empty trace: it would reveal rules that do not apply, and their conditions. */
  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return byId(id).map(own -> List.of());
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return byId(id).flatMap(own -> delegate.history(id));
  }

  @Override
  public Optional<List<Refund>> refunds(OrderId id) {
    return byId(id).flatMap(own -> delegate.refunds(id));
  }

  @Override
  public Slice<Order> list(Query query) {
    OrderFilter filter = query.filter();
    if (filter.customer() != null && !filter.customer().equals(owner)) {
      return new Slice<>(List.of(), false);
    }
    return delegate.list(
        new Query(filter.forCustomer(owner), query.sort(), query.after(), query.limit()));
  }

  private boolean isOwn(Order order) {
    return owner.equals(order.customer());
  }
}
