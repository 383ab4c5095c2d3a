package kassa.domain.order;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * State of an order in its lifecycle. The transitions of a state are the methods of its type, so an
 * illegal transition does not compile.
 */
public sealed interface OrderState {

  /** Returns the status. */
  OrderStatus status();

  /** Returns whether the order was paid, also if it was cancelled later. */
  boolean isPaid();

  /** A state in which an order can be cancelled. */
  sealed interface Cancellable extends OrderState {

    /**
     * Cancels the order.
     *
     * @param reason the reason, 1 to 500 characters; {@code null} if not given
     */
    default Cancelled cancel(@Nullable String reason) {
      return new Cancelled(isPaid(), reason);
    }
  }

  /** Placed and not paid yet. */
  record Placed() implements Cancellable {

    /** Marks the order as paid in full. */
    public Paid pay() {
      return new Paid();
    }

    @Override
    public OrderStatus status() {
      return OrderStatus.PLACED;
    }

    @Override
    public boolean isPaid() {
      return false;
    }
  }

  /** Paid and not shipped yet. */
  record Paid() implements Cancellable {

    /** Marks the order as shipped. */
    public Shipped ship() {
      return new Shipped();
    }

    @Override
    public OrderStatus status() {
      return OrderStatus.PAID;
    }

    @Override
    public boolean isPaid() {
      return true;
    }
  }

  /** Shipped to the customer. */
  record Shipped() implements OrderState {

    /** Marks the order as delivered. */
    public Completed complete() {
      return new Completed();
    }

    @Override
    public OrderStatus status() {
      return OrderStatus.SHIPPED;
    }

    @Override
    public boolean isPaid() {
      return true;
    }
  }

  /** Delivered; a final state. */
  record Completed() implements OrderState {

    @Override
    public OrderStatus status() {
      return OrderStatus.COMPLETED;
    }

    @Override
    public boolean isPaid() {
      return true;
    }
  }

  /**
   * Cancelled; a final state.
   *
   * @param isPaid whether the order was paid before
   * @param reason the reason, 1 to 500 characters; {@code null} if not given
   */
  record Cancelled(boolean isPaid, @Nullable String reason) implements OrderState {

    @Override
    public OrderStatus status() {
      return OrderStatus.CANCELLED;
    }
  }

  /**
   * Returns the state with these properties.
   *
   * @param status the status
   * @param isPaid whether the order was paid
   * @param cancelReason the reason of a cancellation; {@code null} for any other status
   * @throws InvalidValueException if the properties contradict each other
   */
  static OrderState of(OrderStatus status, boolean isPaid, @Nullable String cancelReason) {
    OrderState state =
        switch (status) {
          case PLACED -> new Placed();
          case PAID -> new Paid();
          case SHIPPED -> new Shipped();
          case COMPLETED -> new Completed();
          case CANCELLED -> new Cancelled(isPaid, cancelReason);
        };
    if (state.isPaid() != isPaid || (cancelReason != null && status != OrderStatus.CANCELLED)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "status must match the payment and cancelReason");
    }
    return state;
  }
}
