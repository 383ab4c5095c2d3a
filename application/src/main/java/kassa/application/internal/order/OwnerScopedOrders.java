package kassa.application.internal.order;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.order.FindOrders;
import kassa.domain.identity.UserId;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;

/** Reads the orders of one person; there are no others for them. */
public final class OwnerScopedOrders implements FindOrders {

  private final FindOrders delegate;
  private final CustomerId owner;

  public OwnerScopedOrders(FindOrders orders, UserId owner) {
    this.delegate = orders;
    this.owner = new CustomerId(owner.toString());
  }

  @Override
  public Optional<Order> byId(OrderId id) {
    return delegate.byId(id).filter(this::isOwn);
  }

  @Override
  public Optional<Order> byNumber(OrderNumber number) {
    return delegate.byNumber(number).filter(this::isOwn);
  }

  /** None: it would tell of rules that do not apply, and of what they would need. */
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
  public Page list(Query query) {
    OrderFilter filter = query.filter();
    if (filter.customer() != null && !filter.customer().equals(owner)) {
      return new Page(List.of(), null);
    }
    return delegate.list(
        new Query(filter.forCustomer(owner), query.sort(), query.after(), query.limit()));
  }

  private boolean isOwn(Order order) {
    return owner.equals(order.customer());
  }
}
