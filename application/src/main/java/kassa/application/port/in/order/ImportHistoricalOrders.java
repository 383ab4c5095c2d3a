package kassa.application.port.in.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;

/**
 * Keeps orders of the past: each is priced as of the time at which it was placed, and kept as it is
 * by now, after all that happened to it since.
 */
public interface ImportHistoricalOrders {

  /** The most orders that are recorded at once. */
  int MAX_BATCH_SIZE = 1_000;

  /**
   * Prices orders one by one under the rules in force, each at its own time, and keeps them in one
   * transaction, so that their numbers rise in their order. What they use of the limits of rules is
   * taken; an order that others leave nothing of a limit is priced anew and kept behind them.
   *
   * @param orders at most {@value #MAX_BATCH_SIZE}
   * @return an outcome for each order, in their order
   * @throws IllegalArgumentException if there are more
   * @throws IllegalStateException if there is an order of one of the ids already; nothing is kept
   * @throws kassa.application.port.out.StoreUnavailableException if they could not be kept, or if
   *     it is not known whether they were
   */
  List<PlaceOrder.Outcome> importOrders(List<HistoricalOrder> orders);

  /**
   * What was placed, and what happened to it since.
   *
   * @param id its id, never used before
   * @param command what was placed, and what was expected of it
   * @param placedAt when, to the microsecond
   * @param laterChange tells of the order as it was placed what happened to it since, if anything
   *     did. It may be asked more than once, when the order has to be priced anew, and has to
   *     answer the same of the same order. It must not look at the number, which is given later.
   */
  record HistoricalOrder(
      OrderId id,
      PlaceOrder.Command command,
      Instant placedAt,
      Function<Order, Optional<OrderChange>> laterChange) {}
}
