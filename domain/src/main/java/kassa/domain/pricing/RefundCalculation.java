package kassa.domain.pricing;

import java.util.Map;
import java.util.function.BiFunction;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;

/**
 * Calculates refunds of returned products: the paid price, unit by unit in the order of the lines,
 * and of a part of a unit the proportional price.
 */
public final class RefundCalculation {

  private static final long UNIT = 1_000;

  private RefundCalculation() {}

  /**
   * Returns the paid price of the first part of each sku, with tax and without shipping.
   *
   * @param price the paid price
   * @param returned the returned quantity times 1,000 by sku, 1 or more
   * @throws InvalidValueException if more of a sku is returned than was ordered
   */
  public static Money of(PricedCart price, Map<Sku, Long> returned) {
    Money sum = Money.zero(price.currency());
    for (Map.Entry<Sku, Long> entry : returned.entrySet()) {
      sum = sum.plus(of(price, entry.getKey(), 0, entry.getValue()));
    }
    return sum;
  }

  /**
   * Returns the paid price of a quantity of a sku that is returned after earlier ones. It is the
   * difference of two cumulative prices, so that partial refunds add up to the full refund.
   *
   * @param price the paid price
   * @param sku the sku
   * @param before the quantity times 1,000 that was returned before, zero or more
   * @param thousandths the quantity times 1,000 to refund
   * @throws InvalidValueException if more is returned than was ordered
   */
  public static Money of(PricedCart price, Sku sku, long before, long thousandths) {
    if (before + thousandths > orderedThousandths(price, sku)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "the returned quantity must be at most the ordered quantity");
    }
    return ofFirst(price, sku, before + thousandths, PricedLine::paidForFirst)
        .minus(ofFirst(price, sku, before, PricedLine::paidForFirst));
  }

  /**
   * Returns the tax in the paid price of a quantity of a sku, which is returned after earlier ones.
   *
   * @param price the paid price
   * @param sku the sku
   * @param before the quantity times 1,000 that was returned before, zero or more
   * @param thousandths the quantity times 1,000 to refund
   */
  public static Money taxOf(PricedCart price, Sku sku, long before, long thousandths) {
    return ofFirst(price, sku, before + thousandths, PricedLine::taxOfFirst)
        .minus(ofFirst(price, sku, before, PricedLine::taxOfFirst));
  }

  /** Returns the ordered quantity of a sku, times 1,000. */
  public static long orderedThousandths(PricedCart price, Sku sku) {
    long thousandths = 0;
    for (PricedLine line : price.lines()) {
      if (line.line().sku().equals(sku)) {
        thousandths += line.line().quantity().thousandths();
      }
    }
    return thousandths;
  }

  /**
   * Returns whether a quantity can be refunded: whole units always, a fraction only of a sku that
   * is sold by weight, which means that the quantity of one of its lines has a fraction.
   *
   * @param price the paid price
   * @param sku the sku
   * @param thousandths the quantity times 1,000
   */
  public static boolean isRefundable(PricedCart price, Sku sku, long thousandths) {
    return thousandths % UNIT == 0
        || price.lines().stream()
            .filter(line -> line.line().sku().equals(sku))
            .anyMatch(line -> line.line().quantity().thousandths() % UNIT != 0);
  }

  private static Money ofFirst(
      PricedCart price, Sku sku, long thousandths, BiFunction<PricedLine, Long, Money> part) {
    Money sum = Money.zero(price.currency());
    long left = thousandths;
    for (PricedLine line : price.lines()) {
      if (line.line().sku().equals(sku)) {
        long taken = Math.min(left, line.line().quantity().thousandths());
        sum = sum.plus(part.apply(line, taken));
        left -= taken;
      }
    }
    return sum;
  }
}
