package kassa.domain.order;

import java.time.Instant;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.pricing.PricedCart;
import org.jspecify.annotations.Nullable;

/**
 * An order that was accepted. Its price and the reasons for it are those of the moment when it was
 * placed, whatever rules come later.
 *
 * @param id names it for programs
 * @param number names it for people
 * @param status how far it has come
 * @param customer who buys, if the sender said
 * @param version 1 or more, one higher with each change
 * @param price what is bought, and for how much
 * @param refundedTotal what was given back, at most the total
 * @param metadata what the sender wants to find on it again
 * @param placedAt when it was placed, to the microsecond
 * @param updatedAt when it last changed, to the microsecond
 */
public record Order(
    OrderId id,
    OrderNumber number,
    OrderStatus status,
    @Nullable CustomerId customer,
    int version,
    PricedCart price,
    Money refundedTotal,
    Metadata metadata,
    Instant placedAt,
    Instant updatedAt) {

  /**
   * @throws InvalidValueException if the version is below one, or if more was given back than paid
   */
  public Order {
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
    if (refundedTotal.isNegative() || price.total().minus(refundedTotal).isNegative()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "refundedTotal must be from zero to the total");
    }
  }

  /** Where the order stands among all orders. */
  public OrderPosition position() {
    return new OrderPosition(placedAt, id);
  }
}
