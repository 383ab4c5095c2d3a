package kassa.domain.order;

import java.util.Optional;
import kassa.domain.order.OrderEvent.Kind;
import kassa.domain.order.OrderState.Cancellable;
import kassa.domain.order.OrderState.Paid;
import kassa.domain.order.OrderState.Placed;
import kassa.domain.order.OrderState.Shipped;
import org.jspecify.annotations.Nullable;

/** Transition of an order from one state to the next. */
public enum OrderTransition {
  /** Marks the order as paid. */
  PAY(Kind.PAID),
  /** Marks the order as shipped. */
  SHIP(Kind.SHIPPED),
  /** Marks the order as delivered. */
  COMPLETE(Kind.COMPLETED),
  /** Cancels the order. */
  CANCEL(Kind.CANCELLED);

  private final Kind eventKind;

  OrderTransition(Kind eventKind) {
    this.eventKind = eventKind;
  }

  /** Returns the kind of the event in the history of the order. */
  public Kind eventKind() {
    return eventKind;
  }

  /**
   * Returns the state after the transition; empty if the current state does not allow it.
   *
   * @param state the current state
   * @param reason the reason, 1 to 500 characters; {@code null} if not given
   */
  public Optional<OrderState> apply(OrderState state, @Nullable String reason) {
    return switch (this) {
      case PAY -> state instanceof Placed placed ? Optional.of(placed.pay()) : Optional.empty();
      case SHIP -> state instanceof Paid paid ? Optional.of(paid.ship()) : Optional.empty();
      case COMPLETE ->
          state instanceof Shipped shipped ? Optional.of(shipped.complete()) : Optional.empty();
      case CANCEL ->
          state instanceof Cancellable open ? Optional.of(open.cancel(reason)) : Optional.empty();
    };
  }
}
