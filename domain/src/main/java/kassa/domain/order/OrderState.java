package kassa.domain.order;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How far an order has come, as a type. The moves that a state allows are its methods, so that no
 * other move can be written down.
 */
public sealed interface OrderState {

  /** The word for it. */
  OrderStatus status();

  /** Whether the order was paid, whatever became of it since. */
  boolean isPaid();

  /** A state in which an order can be called off. */
  sealed interface Cancellable extends OrderState {

    /**
     * Calls the order off.
     *
     * @param reason why, if somebody says; 1 to 500 characters
     */
    default Cancelled cancel(@Nullable String reason) {
      return new Cancelled(isPaid(), reason);
    }
  }

  /** Accepted, and nothing done about it yet. */
  record Placed() implements Cancellable {

    /** It was paid, all of it. */
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

  /** Paid, and not sent yet. */
  record Paid() implements Cancellable {

    /** The goods were sent. */
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

  /** On its way to whoever bought it. */
  record Shipped() implements OrderState {

    /** The goods arrived. */
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

  /** Done. */
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
   * Called off.
   *
   * @param isPaid whether it had been paid
   * @param reason why, if somebody said; 1 to 500 characters
   */
  record Cancelled(boolean isPaid, @Nullable String reason) implements OrderState {

    @Override
    public OrderStatus status() {
      return OrderStatus.CANCELLED;
    }
  }

  /**
   * The state that these say together.
   *
   * @param cancelReason why it was cancelled; of nothing else
   * @throws InvalidValueException if they contradict each other
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
          Reason.OUT_OF_RANGE, "status must go with having been paid and with cancelReason");
    }
    return state;
  }
}
