package kassa.application.port.in.order;

import java.util.Set;
import kassa.application.idempotency.IdempotentRequest;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Excess;
import org.jspecify.annotations.Nullable;

/**
 * Gives money back. However much is asked for at once, an order never gives back more than was
 * paid.
 */
public interface RefundOrder {

  /** The longest reason, in characters. */
  int MAX_REASON_LENGTH = ChangeOrderStatus.MAX_REASON_LENGTH;

  /**
   * Gives back what is asked for in the name of the caller, all of it or nothing.
   *
   * @param request the call that asks, if that has a key; its answer is kept with the refund
   * @throws IllegalArgumentException if an amount is in another currency than the order
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it was
   */
  Outcome refund(Command command, @Nullable IdempotentRequest<Outcome.Refunded> request);

  /** Gives back as above, for a call without a key. */
  default Outcome refund(Command command) {
    return refund(command, null);
  }

  /**
   * Tells what would be given back; nothing is.
   *
   * @throws IllegalArgumentException if an amount is in another currency than the order
   * @throws kassa.application.port.out.StoreUnavailableException if that cannot be told
   */
  Outcome preview(Command command);

  /**
   * What is to be given back.
   *
   * @param id the order
   * @param version the version that the sender knows; {@code null} if any will do
   * @param request what of it
   */
  record Command(OrderId id, @Nullable Integer version, RefundRequest request) {}

  /** What came of it. */
  sealed interface Outcome {

    /**
     * It was given back, or would be.
     *
     * @param refund what
     * @param order the order after it
     */
    record Refunded(Refund refund, Order order) implements Outcome {}

    /** There is no such order. */
    record NotFound() implements Outcome {}

    /** Somebody else changed the order before. */
    record VersionConflict() implements Outcome {}

    /**
     * Some of the products are not in the order.
     *
     * @param skus which
     */
    record ItemsNotOrdered(Set<Sku> skus) implements Outcome {}

    /**
     * It is more than was paid and is not given back yet.
     *
     * @param excess what of it is too much
     * @param remaining what is left of all that was paid
     */
    record ExceedsPaid(Excess excess, Money remaining) implements Outcome {}

    /** The order has {@value RefundedOrder#MAX_REFUNDS} refunds, and no order has more. */
    record TooManyRefunds() implements Outcome {}

    /** Others changed the order each time; nothing was given back. */
    record ConcurrentModification() implements Outcome {}

    /** There is an answer under the key of the call already; nothing was given back. */
    record KeyTaken() implements Outcome {}
  }
}
