package kassa.application.internal.order;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;

/** Finds and lists orders, with their pricing trace, history and refunds. */
public final class FindOrdersService implements FindOrders {

  private final OrderStore orders;

  public FindOrdersService(OrderStore orders) {
    this.orders = orders;
  }

  @Override
  public Optional<Order> byId(OrderId id) {
    return orders.find(id);
  }

  @Override
  public Optional<Order> byNumber(OrderNumber number) {
    return orders.find(number);
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return orders.trace(id);
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return orders.history(id);
  }

  @Override
  public Optional<List<Refund>> refunds(OrderId id) {
    List<Refund> refunds = orders.refunds(id);
    return refunds.isEmpty() ? orders.find(id).map(order -> refunds) : Optional.of(refunds);
  }

  @Override
  public Page list(Query query) {
    // Fetches one extra row to detect whether there is a next page.
    List<Order> found = orders.list(query.filter(), query.sort(), query.after(), query.limit() + 1);
    if (found.size() <= query.limit()) {
      return new Page(found, null);
    }
    List<Order> page = found.subList(0, query.limit());
    return new Page(page, page.getLast().sortKey());
  }
}
