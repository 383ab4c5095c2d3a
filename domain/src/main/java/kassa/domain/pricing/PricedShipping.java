package kassa.domain.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * Priced shipping with its discounts.
 *
 * @param shipping the shipping costs before discounts
 * @param discounts the discounts in the order of application, in total at most the amount
 */
public record PricedShipping(Shipping shipping, List<Discount> discounts) {

  /**
   * Validates the discounts.
   *
   * @throws InvalidValueException if the discounts exceed the amount
   */
  public PricedShipping {
    discounts = List.copyOf(discounts);
    Money discountTotal = Discount.sum(discounts, shipping.amount().currency());
    if (shipping.amount().minus(discountTotal).isNegative()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "shipping discounts must be at most the amount");
    }
  }

  /** Returns the total of the discounts. */
  public Money discountTotal() {
    return Discount.sum(discounts, shipping.amount().currency());
  }

  /** Returns the price of shipping after discounts. */
  public Money total() {
    return shipping.amount().minus(discountTotal());
  }
}
