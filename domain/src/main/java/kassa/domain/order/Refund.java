package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money that was given back for an order.
 *
 * @param version that of the order after it, which tells it apart from the order's other refunds
 * @param at when, to the microsecond
 * @param actor who did it, as far as that is known
 * @param reason why, if somebody said; 1 to 500 characters
 * @param lines the units that came back, each sku once
 * @param amount what was given back without any unit
 * @param shipping what was given back of shipping
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
   * Units that came back.
   *
   * @param sku of which product
   * @param units how many, 1 or more; a part of a unit counts as one
   * @param amount what had been paid for them
   */
  public record Line(Sku sku, long units, Money amount) {

    /**
     * @throws InvalidValueException if there is no unit, or less than nothing paid for them
     */
    public Line {
      if (units < 1 || amount.isNegative()) {
        throw new InvalidValueException(Reason.OUT_OF_RANGE, "a refund is of 1 unit or more");
      }
    }
  }

  /**
   * @throws InvalidValueException if less than nothing would be given back
   */
  public Refund {
    lines = List.copyOf(lines);
    if (amount.isNegative() || shipping.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a refund must not be below zero");
    }
  }

  /** All that was given back. */
  public Money total() {
    Money sum = amount.plus(shipping);
    for (Line line : lines) {
      sum = sum.plus(line.amount());
    }
    return sum;
  }
}
