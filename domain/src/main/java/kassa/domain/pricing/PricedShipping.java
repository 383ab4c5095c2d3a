package kassa.domain.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * Priced shipping with its discounts and tax.
 *
 * @param shipping the shipping costs before discounts
 * @param discounts the discounts in the order of application, in total at most the amount
 * @param tax the tax on the price after discounts
 */
public record PricedShipping(Shipping shipping, List<Discount> discounts, Tax tax) {

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

  /** Creates shipping without tax, at prices without tax. */
  public PricedShipping(Shipping shipping, List<Discount> discounts) {
    this(shipping, discounts, new Tax(Money.zero(shipping.amount().currency()), false));
  }

  /** Returns the total of the discounts. */
  public Money discountTotal() {
    return Discount.sum(discounts, shipping.amount().currency());
  }

  /** Returns the tax, included in the price or not. */
  public Money taxTotal() {
    return tax.amount();
  }

  /** Returns the price of shipping after discounts, with tax. */
  public Money total() {
    Money discounted = shipping.amount().minus(discountTotal());
    return tax.isIncluded() ? discounted : discounted.plus(tax.amount());
  }

  /**
   * Returns the tax in the first part of the total, rounded down. The tax of a partial refund is a
   * difference of two such values, so that all of them add up to the tax.
   *
   * @param paid the part of the total, from zero to {@link #total}
   */
  public Money taxInFirst(Money paid) {
    long total = total().minorUnits();
    return new Money(
        total == 0
            ? 0
            : UnitRun.proportionalShare(tax.amount().minorUnits(), paid.minorUnits(), total),
        paid.currency());
  }
}
