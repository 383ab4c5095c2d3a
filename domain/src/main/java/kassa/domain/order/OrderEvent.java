package kassa.domain.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Event in the history of an order.
 *
 * @param at the time of the event, to the microsecond
 * @param actor the name of the caller; {@code null} if unknown
 * @param kind the kind of event
 * @param from the status before; {@code null} for the first event
 * @param to the status after
 * @param reason the reason, 1 to 500 characters; {@code null} if not given
 */
public record OrderEvent(
    Instant at,
    @Nullable String actor,
    Kind kind,
    @Nullable OrderStatus from,
    OrderStatus to,
    @Nullable String reason) {

  /** Kind of order event. */
  public enum Kind {
    /** The order was placed. */
    PLACED,
    /** The order was paid. */
    PAID,
    /** The order was shipped. */
    SHIPPED,
    /** The order was delivered. */
    COMPLETED,
    /** The order was cancelled. */
    CANCELLED,
    /** A refund was granted; the status does not change. The refund has the same version. */
    REFUNDED
  }

  /** Returns the first event of an order. */
  public static OrderEvent placed(Instant at) {
    return new OrderEvent(at, null, Kind.PLACED, null, OrderStatus.PLACED, null);
  }
}
