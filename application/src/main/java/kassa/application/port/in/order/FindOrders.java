package kassa.application.port.in.order;

import java.util.List;
import java.util.Optional;
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

  /** Maximum number of orders per page. */
  int MAX_PAGE_SIZE = 200;

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
   * Returns a page of orders (keyset pagination). Callers who may not see all orders get only their
   * own. Iterating over all pages with the same filter and sort returns every matching order that
   * existed at the start exactly once, even while orders are placed.
   *
   * @param query the requested page
   */
  Page list(Query query);

  /**
   * Page request.
   *
   * @param filter which orders to return
   * @param sort the sort order
   * @param after the page starts after this position; {@code null} for the first page
   * @param limit the maximum number of orders on the page, 1 to {@value #MAX_PAGE_SIZE}
   */
  record Query(OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit) {

    /**
     * @throws IllegalArgumentException if the limit is out of range
     */
    public Query {
      if (limit < 1 || limit > MAX_PAGE_SIZE) {
        throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE_SIZE);
      }
    }

    /** Page request for all orders, newest first. */
    public Query(@Nullable OrderSortKey after, int limit) {
      this(OrderFilter.ALL, OrderSort.NEWEST_FIRST, after, limit);
    }
  }

  /**
   * Page of orders in the requested sort order.
   *
   * @param orders the orders
   * @param next the value of {@code after} for the next page; {@code null} on the last page
   */
  record Page(List<Order> orders, @Nullable OrderSortKey next) {

    public Page {
      orders = List.copyOf(orders);
    }
  }
}
