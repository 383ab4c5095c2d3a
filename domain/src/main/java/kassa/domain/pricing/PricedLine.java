package kassa.domain.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * A line and what came off it.
 *
 * @param line what is bought
 * @param subtotal what it costs before discounts
 * @param discounts what came off, in the order in which it did; together at most the subtotal
 */
public record PricedLine(CartLine line, Money subtotal, List<Discount> discounts) {

  /**
   * @throws InvalidValueException if the line would cost less than nothing
   * @throws IllegalArgumentException if the amounts are not in the currency of the price
   */
  public PricedLine {
    discounts = List.copyOf(discounts);
    if (!subtotal.currency().equals(line.unitPrice().currency())) {
      throw new IllegalArgumentException("a line must cost what its price is counted in");
    }
    if (subtotal.minus(sum(subtotal, discounts)).isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a line must not cost less than zero");
    }
  }

  /** All that came off the line. */
  public Money discountTotal() {
    return sum(subtotal, discounts);
  }

  /** What the line adds in tax: nothing, for lines carry no tax rate. */
  public Money taxTotal() {
    return Money.zero(subtotal.currency());
  }

  /** What the line costs in the end. */
  public Money total() {
    return subtotal.minus(discountTotal()).plus(taxTotal());
  }

  private static Money sum(Money subtotal, List<Discount> discounts) {
    Money sum = Money.zero(subtotal.currency());
    for (Discount discount : discounts) {
      sum = sum.plus(discount.amount());
    }
    return sum;
  }
}
