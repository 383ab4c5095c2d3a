package kassa.application.port.in.order;

import kassa.application.idempotency.Execution;

/**
 * Places orders like {@link PlaceOrder}, but the same request with the same idempotency key places
 * one order, however often it is retried: a retry receives the order as it was placed.
 */
public interface PlaceOrderIdempotently {

  /**
   * Places one order, or replays it.
   *
   * @param command an order; without an idempotency key each call places one
   * @throws kassa.application.port.out.StoreUnavailableException if the order could not be stored,
   *     or if it is unknown whether it was stored
   */
  Execution<PlaceOrder.Outcome> place(PlaceOrder.Command command);
}
