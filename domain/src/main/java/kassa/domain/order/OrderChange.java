package kassa.domain.order;

import java.util.List;
import java.util.stream.Stream;

/**
 * Change of an order that is not stored yet: one or more steps, each of which increments the
 * version.
 *
 * @param before the order before the change
 * @param after the order after the change
 * @param events the events, one for each step
 * @param refunds the refunds among the steps
 */
public record OrderChange(
    Order before, Order after, List<OrderEvent> events, List<Refund> refunds) {

  /**
   * Validates that the events lead from one order version to the other.
   *
   * @throws IllegalArgumentException if the orders or the number of events do not match
   */
  public OrderChange {
    events = List.copyOf(events);
    refunds = List.copyOf(refunds);
    if (!before.id().equals(after.id())
        || events.isEmpty()
        || after.version() - before.version() != events.size()) {
      throw new IllegalArgumentException(
          "a change must have one event for each version of the same order");
    }
  }

  /**
   * Returns this change followed by another one.
   *
   * @throws IllegalArgumentException if the other change does not start with the result of this one
   */
  public OrderChange then(OrderChange next) {
    if (!next.before.equals(after)) {
      throw new IllegalArgumentException("consecutive changes must be of consecutive versions");
    }
    return new OrderChange(
        before,
        next.after,
        Stream.concat(events.stream(), next.events.stream()).toList(),
        Stream.concat(refunds.stream(), next.refunds.stream()).toList());
  }

  /** Returns the version of the order after a step, counted from 0. */
  public int versionAfterStep(int step) {
    return before.version() + 1 + step;
  }
}
