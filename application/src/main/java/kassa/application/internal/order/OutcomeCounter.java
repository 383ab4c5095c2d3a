package kassa.application.internal.order;

import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.application.telemetry.Counter;

/** Counters of the outcomes of placing an order. */
final class OutcomeCounter {

  private OutcomeCounter() {}

  static Counter of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Placed _ -> Counter.ORDERS_PLACED;
      case Outcome.CodesRejected _ -> Counter.ORDERS_CODES_REJECTED;
      case Outcome.PriceChanged _ -> Counter.ORDERS_PRICE_CHANGED;
      case Outcome.CartRefused(CartRefusal.UnavailableItems _) -> Counter.ORDERS_UNAVAILABLE_ITEMS;
      case Outcome.CartRefused(CartRefusal.InvalidCart _) -> Counter.ORDERS_INVALID_CART;
      case Outcome.PlacedInFuture _ -> Counter.ORDERS_PLACED_IN_FUTURE;
      case Outcome.LimitExhausted _ -> Counter.ORDERS_LIMIT_EXHAUSTED;
      case Outcome.ConcurrentModification _ -> Counter.ORDERS_CONCURRENT_UPDATE;
    };
  }
}
