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
 * Reads orders that were placed. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the answer cannot be had; absence is
 * answered only when it is certain.
 */
public interface FindOrders extends FindOrder {

  /** The most orders of one page. */
  int MAX_PAGE_SIZE = 200;

  /**
   * What became of each rule when the order of this id was priced, if there is one. Who may not see
   * all orders is told of no rule: they see in the order what they saved, and not under which
   * conditions others would.
   */
  Optional<List<RuleTrace>> trace(OrderId id);

  /** What happened to the order of this id since it was placed, oldest first, if there is one. */
  Optional<List<OrderEvent>> history(OrderId id);

  /** What was given back for the order of this id, oldest first, if there is one. */
  Optional<List<Refund>> refunds(OrderId id);

  /**
   * A page of orders, of one's own alone if one may not see all. Walking from page to page with one
   * filter and one sort meets every such order that existed when the walk began exactly once,
   * whatever is placed meanwhile.
   *
   * @param query which page
   */
  Page list(Query query);

  /**
   * Which page.
   *
   * @param filter which orders are meant
   * @param sort what they are sorted by
   * @param after the position behind which the page begins; the first order if {@code null}
   * @param limit the most orders that the page may hold, 1 to {@value #MAX_PAGE_SIZE}
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

    /** Of all orders, newest first. */
    public Query(@Nullable OrderSortKey after, int limit) {
      this(OrderFilter.ALL, OrderSort.NEWEST_FIRST, after, limit);
    }
  }

  /**
   * Some orders, in their order.
   *
   * @param orders the orders
   * @param next the position behind which the next page begins; {@code null} on the last page
   */
  record Page(List<Order> orders, @Nullable OrderSortKey next) {

    public Page {
      orders = List.copyOf(orders);
    }
  }
}
