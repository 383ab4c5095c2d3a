package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Refund of an order.
 *
 * @param version the version of the order after the refund; unique among the refunds of the order
 * @param at the time of the refund, to the microsecond
 * @param actor the name of the caller; {@code null} if unknown
 * @param reason the reason, 1 to 500 characters; {@code null} if not given
 * @param lines the returned units, each sku once
 * @param amount the refunded amount that belongs to no unit
 * @param shipping the refunded part of shipping
 */
public record Refund(
    int version,
    Instant at,
    @Nullable String actor,
    @Nullable String reason,
    List<Line> lines,
    Money amount,
    Money shipping) {

  /**
   * Returned units of one product.
   *
   * @param sku the product
   * @param units the number of units, 1 or more; a fractional unit counts as one
   * @param amount the price that was paid for them
   */
  public record Line(Sku sku, long units, Money amount) {

    /**
     * Validates the units and the amount.
     *
     * @throws InvalidValueException if there is no unit, or if the amount is negative
     */
    public Line {
      if (units < 1 || amount.isNegative()) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE, "a refund line must have 1 unit or more and no negative amount");
      }
    }
  }

  /**
   * Validates the amounts.
   *
   * @throws InvalidValueException if an amount is negative
   */
  public Refund {
    lines = List.copyOf(lines);
    if (amount.isNegative() || shipping.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a refund must not be negative");
    }
  }

  /** Returns the total of the refund. */
  public Money total() {
    Money sum = amount.plus(shipping);
    for (Line line : lines) {
      sum = sum.plus(line.amount());
    }
    return sum;
  }
}
