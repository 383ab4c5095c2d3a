package kassa.application.port.in.order;

import kassa.application.idempotency.Recording;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundedOrder.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Refunds orders, in part or in full. The sum of all refunds of an order never exceeds the amount
 * paid, even with concurrent requests.
 */
public interface RefundOrder {

  /** Maximum length of a reason, in characters. */
  int MAX_REASON_LENGTH = ChangeOrderStatus.MAX_REASON_LENGTH;

  /**
   * Refunds the requested amount or items, completely or not at all. The caller is recorded as the
   * actor.
   *
   * @throws IllegalArgumentException if an amount has another currency than the order
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether the
   *     refund was made
   */
  Outcome refund(Command command);

  /** Returns this use case with an idempotency record of each refund. */
  RefundOrder recording(Recording<Outcome.Refunded> recording);

  /**
   * Previews a refund without making it (dry run).
   *
   * @throws IllegalArgumentException if an amount has another currency than the order
   * @throws kassa.application.port.out.StoreUnavailableException if the store cannot be read
   */
  Outcome preview(Command command);

  /**
   * Command to refund an order.
   *
   * @param id the id of the order
   * @param version the version of the order that the caller has read; {@code null} for any version
   * @param request the amount or items to refund
   */
  record Command(OrderId id, @Nullable Integer version, RefundRequest request) {}

  /** Outcome of a refund or of its preview. */
  sealed interface Outcome {

    /**
     * The refund was made, or would be made in a preview.
     *
     * @param refund the refund
     * @param order the order after the refund
     */
    record Refunded(Refund refund, Order order) implements Outcome {}

    /** No such order exists. */
    record NotFound() implements Outcome {}

    /** The order has another version than the command: it was changed concurrently. */
    record VersionConflict() implements Outcome {}

    /**
     * The refund is not possible.
     *
     * @param reason the reason
     */
    record Refused(Decision.Refused reason) implements Outcome {}

    /** The order was changed concurrently in every attempt; nothing was refunded. */
    record ConcurrentModification() implements Outcome {}
  }
}
