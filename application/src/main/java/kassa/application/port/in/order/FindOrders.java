package kassa.application.port.in.order;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.Slice;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;

/**
 * Finds and lists orders, with their pricing trace, history and refunds. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the store cannot be read. An empty
 * result always means that no such order exists.
 */
public interface FindOrders extends FindOrder {

  /**
   * Returns the pricing trace of the order with this id: the result of each rule when the order was
   * priced; empty if the order does not exist. For callers who may not see all orders, the list has
   * no entries: they see their discounts in the order, but not the conditions under which others
   * would get one.
   */
  Optional<List<RuleTrace>> trace(OrderId id);

  /**
   * Returns the events of the order with this id since it was placed, oldest first; empty if the
   * order does not exist.
   */
  Optional<List<OrderEvent>> history(OrderId id);

  /**
   * Returns the refunds of the order with this id, oldest first; empty if the order does not exist.
   */
  Optional<List<Refund>> refunds(OrderId id);

  /**
   * Lists orders (keyset pagination). Callers who may not see all orders get only their own.
   * Iterating over all slices with the same filter and sort returns every matching order that
   * existed at the start exactly once, even while orders are placed.
   *
   * @param query which orders to list
   */
  Slice<Order> list(Query query);

  /**
   * Request for a slice of the orders.
   *
   * @param filter which orders to return
   * @param sort the sort order
   * @param after list orders after this position; {@code null} to start at the first order
   * @param limit 1 to {@value Slice#MAX_SIZE}
   */
  record Query(OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit) {

    /** Request for a slice of all orders, newest first. */
    public Query(@Nullable OrderSortKey after, int limit) {
      this(OrderFilter.ALL, OrderSort.NEWEST_FIRST, after, limit);
    }
  }
}
