package kassa.domain.order;

import java.util.EnumSet;
import java.util.Set;

/** The words for how far an order has come; what may be done then tells {@link OrderState}. */
public enum OrderStatus {
  /** Accepted, and nothing done about it yet. */
  PLACED,
  /** Paid, and not sent yet. */
  PAID,
  /** On its way. */
  SHIPPED,
  /** Arrived. */
  COMPLETED,
  /** It will not be done; what it used of rules was given back. */
  CANCELLED;

  /** The states that may come next. */
  public Set<OrderStatus> nextStatuses() {
    OrderState state = OrderState.of(this, this != PLACED, null);
    Set<OrderStatus> next = EnumSet.noneOf(OrderStatus.class);
    for (OrderTransition move : OrderTransition.values()) {
      move.apply(state, null).ifPresent(after -> next.add(after.status()));
    }
    return next;
  }
}
