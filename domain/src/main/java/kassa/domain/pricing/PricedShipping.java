package kassa.domain.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * Shipping, and what came off it.
 *
 * @param shipping what it costs before discounts
 * @param discounts what came off, in the order in which it did; together at most the amount
 */
public record PricedShipping(Shipping shipping, List<Discount> discounts) {

  /**
   * @throws InvalidValueException if shipping would cost less than nothing
   */
  public PricedShipping {
    discounts = List.copyOf(discounts);
    Money off = Discount.sum(discounts, shipping.amount().currency());
    if (shipping.amount().minus(off).isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "shipping must not cost less than zero");
    }
  }

  /** All that came off. */
  public Money discountTotal() {
    return Discount.sum(discounts, shipping.amount().currency());
  }

  /** What shipping costs in the end. */
  public Money total() {
    return shipping.amount().minus(discountTotal());
  }
}
