package kassa.domain.pricing;

import java.util.Map;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;

/** What is given back for goods that come back: what was paid for them, unit by unit in order. */
public final class Refunds {

  private Refunds() {}

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
      long left = entry.getValue();
      for (PricedLine line : price.lines()) {
        if (line.line().sku().equals(entry.getKey())) {
          long units = Math.min(left, line.unitCount());
          sum = sum.plus(line.paidForFirst(units));
          left -= units;
        }
      }
      if (left > 0) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE, "no more of a sku can come back than there were");
      }
    }
    return sum;
  }
}
