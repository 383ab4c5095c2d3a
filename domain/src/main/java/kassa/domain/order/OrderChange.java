package kassa.domain.order;

import java.util.List;
import java.util.stream.Stream;

/**
 * A change of an order that was decided and is not kept yet: one or more steps, each of which makes
 * a version.
 *
 * @param before the order that it was decided on
 * @param after the order that comes of it
 * @param events what was done, step by step
 * @param refunds what was given back by some of the steps
 */
public record OrderChange(
    Order before, Order after, List<OrderEvent> events, List<Refund> refunds) {

  /**
   * @throws IllegalArgumentException if these are not steps from the one to the other
   */
  public OrderChange {
    events = List.copyOf(events);
    refunds = List.copyOf(refunds);
    if (!before.id().equals(after.id())
        || events.isEmpty()
        || after.version() - before.version() != events.size()) {
      throw new IllegalArgumentException("a change leads from an order to it, a version a step");
    }
  }

  /**
   * This change, and another right behind it.
   *
   * @throws IllegalArgumentException if the other begins somewhere else
   */
  public OrderChange then(OrderChange next) {
    if (!next.before.equals(after)) {
      throw new IllegalArgumentException("a change goes on where the one before it ended");
    }
    return new OrderChange(
        before,
        next.after,
        Stream.concat(events.stream(), next.events.stream()).toList(),
        Stream.concat(refunds.stream(), next.refunds.stream()).toList());
  }

  /** The version that a step made; the first has the place zero. */
  public int versionAfterStep(int step) {
    return before.version() + 1 + step;
  }
}
