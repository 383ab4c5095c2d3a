package kassa.application.port.in;

import java.time.Instant;
import java.util.List;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;

/** Keeps orders of the past: each is priced as of the time at which it was placed, and changed. */
public interface RecordOrders {

  /** The most orders that are recorded at once. */
  int MOST_AT_ONCE = 5_000;

  /**
   * Prices orders one by one under the rules in force, each at its own time, and keeps them in one
   * transaction, so that their numbers rise in their order. What they use of the limits of rules is
   * taken; an order that others leave nothing of a limit is priced anew and kept behind them.
   *
   * @param orders at most {@value #MOST_AT_ONCE}
   * @return an outcome for each order, in their order
   * @throws IllegalArgumentException if there are more
   * @throws IllegalStateException if there is an order of one of the ids already; nothing is kept
   * @throws kassa.application.port.out.StoreUnavailableException if they could not be kept, or if
   *     it is not known whether they were
   */
  List<PlaceOrder.Outcome> record(List<PastOrder> orders);

  /**
   * Changes orders of the past, each at the time that its events tell, in one transaction.
   *
   * @param changes at most {@value #MOST_AT_ONCE}
   * @return for each of them whether it was made; one is not if its order was changed before
   * @throws IllegalArgumentException if there are more
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether they
   *     were
   */
  List<Boolean> change(List<OrderChange> changes);

  /**
   * What was placed.
   *
   * @param id its id, never used before
   * @param order what was placed, and what was expected of it
   * @param placedAt when, to the microsecond
   */
  record PastOrder(OrderId id, PlaceOrder.Command order, Instant placedAt) {}
}
