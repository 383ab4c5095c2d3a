package kassa.domain.pricing;

import java.util.Map;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;

/** What is given back for goods that come back: what was paid for them, unit by unit in order. */
public final class RefundCalculation {

  private RefundCalculation() {}

  /**
   * What was paid for some units, tax included and shipping not. The first units of each sku are
   * meant, in the order of the lines.
   *
   * @param price the price that was paid
   * @param returned the units that come back, 1 or more of each sku; a part of a unit counts as one
   * @throws InvalidValueException if more of a sku come back than there were
   */
  public static Money of(PricedCart price, Map<Sku, Long> returned) {
    Money sum = Money.zero(price.currency());
    for (Map.Entry<Sku, Long> entry : returned.entrySet()) {
      sum = sum.plus(of(price, entry.getKey(), 0, entry.getValue()));
    }
    return sum;
  }

  /**
   * What was paid for units of a sku that come back after others did. The parts of a refund add up
   * to the whole, for each is the difference of two wholes.
   *
   * @param before the units that came back before, zero or more
   * @param units the units that come back now; a part of a unit counts as one
   * @throws InvalidValueException if more come back than there were
   */
  public static Money of(PricedCart price, Sku sku, long before, long units) {
    if (before + units > unitsOf(price, sku)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "no more of a sku can come back than there were");
    }
    return paidForFirst(price, sku, before + units).minus(paidForFirst(price, sku, before));
  }

  /** How many units of a sku there were: a part of a unit counts as one. */
  public static long unitsOf(PricedCart price, Sku sku) {
    long units = 0;
    for (PricedLine line : price.lines()) {
      if (line.line().sku().equals(sku)) {
        units += line.unitCount();
      }
    }
    return units;
  }

  private static Money paidForFirst(PricedCart price, Sku sku, long count) {
    Money sum = Money.zero(price.currency());
    long left = count;
    for (PricedLine line : price.lines()) {
      if (line.line().sku().equals(sku)) {
        long units = Math.min(left, line.unitCount());
        sum = sum.plus(line.paidForFirst(units));
        left -= units;
      }
    }
    return sum;
  }
}
