package kassa.domain.order;

import java.util.Optional;
import kassa.domain.order.OrderEvent.Kind;
import kassa.domain.order.OrderState.Cancellable;
import kassa.domain.order.OrderState.Paid;
import kassa.domain.order.OrderState.Placed;
import kassa.domain.order.OrderState.Shipped;
import org.jspecify.annotations.Nullable;

/** What leads an order from one state to the next. */
public enum OrderTransition {
  /** It was paid. */
  PAY(Kind.PAID),
  /** It was sent. */
  SHIP(Kind.SHIPPED),
  /** It arrived. */
  COMPLETE(Kind.COMPLETED),
  /** It is called off. */
  CANCEL(Kind.CANCELLED);

  private final Kind eventKind;

  OrderTransition(Kind event) {
    this.eventKind = event;
  }

  /** What the history of an order calls it. */
  public Kind eventKind() {
    return eventKind;
  }

  /**
   * Where it leads to; empty where it is not allowed.
   *
   * @param reason why, if somebody says; 1 to 500 characters
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
