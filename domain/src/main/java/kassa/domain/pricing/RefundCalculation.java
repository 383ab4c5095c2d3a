package kassa.domain.pricing;

import java.util.Map;
import java.util.function.BiFunction;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;

/** Calculates refunds of returned units: the paid price, unit by unit in the order of the lines. */
public final class RefundCalculation {

  private RefundCalculation() {}

  /**
   * Returns the paid price of the first units of each sku, with tax and without shipping.
   *
   * @param price the paid price
   * @param returned the number of returned units by sku, 1 or more; a fractional unit counts as one
   * @throws InvalidValueException if more units of a sku are returned than were ordered
   */
  public static Money of(PricedCart price, Map<Sku, Long> returned) {
    Money sum = Money.zero(price.currency());
    for (Map.Entry<Sku, Long> entry : returned.entrySet()) {
      sum = sum.plus(of(price, entry.getKey(), 0, entry.getValue()));
    }
    return sum;
  }

  /**
   * Returns the paid price of units of a sku that are returned after earlier ones. It is the
   * difference of two cumulative prices, so that partial refunds add up to the full refund.
   *
   * @param price the paid price
   * @param sku the sku
   * @param before the number of units that were returned before, zero or more
   * @param units the number of units to refund; a fractional unit counts as one
   * @throws InvalidValueException if more units are returned than were ordered
   */
  public static Money of(PricedCart price, Sku sku, long before, long units) {
    if (before + units > unitsOf(price, sku)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "returned units must be at most the ordered units");
    }
    return ofFirst(price, sku, before + units, PricedLine::paidForFirst)
        .minus(ofFirst(price, sku, before, PricedLine::paidForFirst));
  }

  /**
   * Returns the tax in the paid price of units of a sku, which are returned after earlier ones.
   *
   * @param price the paid price
   * @param sku the sku
   * @param before the number of units that were returned before, zero or more
   * @param units the number of units to refund; a fractional unit counts as one
   */
  public static Money taxOf(PricedCart price, Sku sku, long before, long units) {
    return ofFirst(price, sku, before + units, PricedLine::taxOfFirst)
        .minus(ofFirst(price, sku, before, PricedLine::taxOfFirst));
  }

  /** Returns the number of ordered units of a sku; a fractional unit counts as one. */
  public static long unitsOf(PricedCart price, Sku sku) {
    long units = 0;
    for (PricedLine line : price.lines()) {
      if (line.line().sku().equals(sku)) {
        units += line.unitCount();
      }
    }
    return units;
  }

  private static Money ofFirst(
      PricedCart price, Sku sku, long count, BiFunction<PricedLine, Long, Money> part) {
    Money sum = Money.zero(price.currency());
    long left = count;
    for (PricedLine line : price.lines()) {
      if (line.line().sku().equals(sku)) {
        long units = Math.min(left, line.unitCount());
        sum = sum.plus(part.apply(line, units));
        left -= units;
      }
    }
    return sum;
  }
}
