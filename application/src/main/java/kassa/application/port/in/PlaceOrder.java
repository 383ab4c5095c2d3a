package kassa.application.port.in;

import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.pricing.Cart;
import org.jspecify.annotations.Nullable;

/** Prices a cart under the rules in force and keeps it as an order. */
public interface PlaceOrder {

  /**
   * Places one order. When this returns {@link Outcome.Placed}, the order survives whatever happens
   * to the process.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the order could not be kept, or
   *     if it is not known whether it was
   */
  Outcome place(Command command);

  /**
   * What to place.
   *
   * @param cart what is bought
   * @param customer who buys, if the sender says
   * @param metadata what the sender wants to find on the order again
   */
  record Command(Cart cart, @Nullable CustomerId customer, Metadata metadata) {}

  /** What came of it. */
  sealed interface Outcome {

    /**
     * The order was accepted.
     *
     * @param order the order as it is kept
     */
    record Placed(Order order) implements Outcome {}
  }
}
