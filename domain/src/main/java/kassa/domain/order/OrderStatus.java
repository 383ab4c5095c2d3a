package kassa.domain.order;

import java.util.EnumSet;
import java.util.Set;

/** Status of an order. The allowed transitions are those of {@link OrderState}. */
public enum OrderStatus {
  /** Placed and not paid yet. */
  PLACED,
  /** Paid and not shipped yet. */
  PAID,
  /** Shipped to the customer. */
  SHIPPED,
  /** Delivered. */
  COMPLETED,
  /** Cancelled; the uses of reusable rules are released. */
  CANCELLED;

  /** Returns the statuses that can follow this one. */
  public Set<OrderStatus> nextStatuses() {
    OrderState state = OrderState.of(this, this != PLACED, null);
    Set<OrderStatus> next = EnumSet.noneOf(OrderStatus.class);
    for (OrderTransition transition : OrderTransition.values()) {
      transition.apply(state, null).ifPresent(after -> next.add(after.status()));
    }
    return next;
  }
}
