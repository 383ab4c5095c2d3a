package kassa.application.port.in.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;

/**
 * Imports historical orders. Each order is priced as of the time at which it was placed, and stored
 * in its current state, with all later changes applied.
 */
public interface ImportHistoricalOrders {

  /** Maximum number of orders in one call. */
  int MAX_BATCH_SIZE = 1_000;

  /**
   * Prices the orders one by one under the active rules, each as of its own time, and stores them
   * in one transaction, with ascending order numbers in the order of the list. The orders use up
   * the limits of rules. An order whose reservations exceed a limit because of concurrent orders is
   * priced again and stored after the others.
   *
   * @param orders at most {@value #MAX_BATCH_SIZE}
   * @return one outcome per order, in the order of the list
   * @throws IllegalArgumentException if there are more orders
   * @throws IllegalStateException if an order with one of the ids exists already; nothing is stored
   * @throws kassa.application.port.out.StoreUnavailableException if the orders could not be stored,
   *     or if it is unknown whether they were stored
   */
  List<PlaceOrder.Outcome> importOrders(List<HistoricalOrder> orders);

  /**
   * Historical order to import.
   *
   * @param id the id of the order, never used before
   * @param command the order as it was placed, with its expectations
   * @param placedAt when it was placed, to the microsecond
   * @param laterChange returns all changes since the order was placed, or empty if it is unchanged.
   *     It is called again when the order is priced again, and must return the same result for the
   *     same order. It must not use the order number, which is assigned later.
   */
  record HistoricalOrder(
      OrderId id,
      PlaceOrder.Command command,
      Instant placedAt,
      Function<Order, Optional<OrderChange>> laterChange) {}
}
