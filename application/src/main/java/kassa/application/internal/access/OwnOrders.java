package kassa.application.internal.access;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.FindOrders;
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
public final class OwnOrders implements FindOrders {

  private final FindOrders orders;
  private final CustomerId owner;

  public OwnOrders(FindOrders orders, UserId owner) {
    this.orders = orders;
    this.owner = new CustomerId(owner.toString());
  }

  @Override
  public Optional<Order> byId(OrderId id) {
    return orders.byId(id).filter(this::isOwn);
  }

  @Override
  public Optional<Order> byNumber(OrderNumber number) {
    return orders.byNumber(number).filter(this::isOwn);
  }

  /** None: it would tell of rules that do not apply, and of what they would need. */
  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return byId(id).map(own -> List.of());
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return byId(id).flatMap(own -> orders.history(id));
  }

  @Override
  public Optional<List<Refund>> refunds(OrderId id) {
    return byId(id).flatMap(own -> orders.refunds(id));
  }

  @Override
  public Page list(Query query) {
    OrderFilter filter = query.filter();
    if (filter.customer() != null && !filter.customer().equals(owner)) {
      return new Page(List.of(), null);
    }
    return orders.list(new Query(filter.of(owner), query.sort(), query.after(), query.limit()));
  }

  private boolean isOwn(Order order) {
    return owner.equals(order.customer());
  }
}
