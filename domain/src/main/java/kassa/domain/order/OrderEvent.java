package kassa.domain.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an order.
 *
 * @param at when, to the microsecond
 * @param actor who did it, as far as that is known
 * @param kind what was done
 * @param from the status before; {@code null} for the first event
 * @param to the status after
 * @param reason why, if somebody said; 1 to 500 characters
 */
public record OrderEvent(
    Instant at,
    @Nullable String actor,
    Kind kind,
    @Nullable OrderStatus from,
    OrderStatus to,
    @Nullable String reason) {

  /** What can be done to an order. */
  public enum Kind {
    /** It was accepted. */
    PLACED,
    /** It was paid. */
    PAID,
    /** It was sent. */
    SHIPPED,
    /** It arrived. */
    COMPLETED,
    /** It was called off. */
    CANCELLED,
    /** Money was given back; the status stays. The refund of the same version tells how much. */
    REFUNDED
  }

  /** The first event of every order. */
  public static OrderEvent placed(Instant at) {
    return new OrderEvent(at, null, Kind.PLACED, null, OrderStatus.PLACED, null);
  }
}
