package kassa.application.port.in;

import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import org.jspecify.annotations.Nullable;

/** Cancels orders. */
public interface CancelOrder {

  /** The longest reason, in characters. */
  int LONGEST_REASON = 500;

  /**
   * Cancels an order that was placed. What it took of limits that may be used again is given back.
   *
   * @param id the order
   * @param version the version that the sender knows
   * @param reason why, if somebody says; 1 to {@value #LONGEST_REASON} characters
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it was
   */
  Outcome cancel(OrderId id, int version, @Nullable String reason);

  /** What came of it. */
  sealed interface Outcome {

    /**
     * It was cancelled.
     *
     * @param order the order as it is now
     */
    record Cancelled(Order order) implements Outcome {}

    /** There is no such order. */
    record Absent() implements Outcome {}

    /** Somebody else changed the order before. */
    record Stale() implements Outcome {}

    /**
     * The order's status does not allow it.
     *
     * @param status its status
     */
    record NotAllowed(OrderStatus status) implements Outcome {}
  }
}
