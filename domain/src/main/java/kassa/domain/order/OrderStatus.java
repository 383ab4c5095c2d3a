package kassa.domain.order;

import java.util.EnumSet;
import java.util.Set;

/** How far an order has come. */
public enum OrderStatus {
  /** Accepted, and nothing done about it yet. */
  PLACED,
  /** It will not be done; what it used of rules was given back. */
  CANCELLED;

  /** The states that may come next. */
  public Set<OrderStatus> next() {
    return switch (this) {
      case PLACED -> EnumSet.of(CANCELLED);
      case CANCELLED -> EnumSet.noneOf(OrderStatus.class);
    };
  }
}
