package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * A cart with its price, and why it is that price. The sums of the lines are the sums of the cart.
 *
 * @param currency the currency of every amount in it
 * @param lines at least one, in the cart's order
 */
public record PricedCart(Currency currency, List<PricedLine> lines) {

  /**
   * @throws InvalidValueException if there is no line, or if they cost more than a cart may
   * @throws IllegalArgumentException if a line is in another currency
   */
  public PricedCart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "lines must hold at least one line");
    }
    if (sum(currency, lines, PricedLine::subtotal).minorUnits() > Cart.GREATEST_SUBTOTAL) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "lines must not cost more than a cart may");
    }
  }

  /** What the cart costs before discounts. */
  public Money subtotal() {
    return sum(currency, lines, PricedLine::subtotal);
  }

  /** All that came off. */
  public Money discountTotal() {
    return sum(currency, lines, PricedLine::discountTotal);
  }

  /** What is charged for shipping: nothing, for carts carry no shipping. */
  public Money shippingTotal() {
    return Money.zero(currency);
  }

  /** The tax that is added to all lines. */
  public Money taxTotal() {
    return sum(currency, lines, PricedLine::taxTotal);
  }

  /** What is to be paid. */
  public Money total() {
    return sum(currency, lines, PricedLine::total).plus(shippingTotal());
  }

  /** What came off the whole cart, by rule, version and label, in the order of first appearance. */
  public List<Discount> discounts() {
    record Cause(RuleId rule, int ruleVersion, String label) {}
    Map<Cause, Money> sums = new LinkedHashMap<>();
    for (PricedLine line : lines) {
      for (Discount discount : line.discounts()) {
        Cause cause = new Cause(discount.rule(), discount.ruleVersion(), discount.label());
        sums.merge(cause, discount.amount(), Money::plus);
      }
    }
    List<Discount> discounts = new ArrayList<>();
    sums.forEach((cause, amount) ->
        discounts.add(new Discount(cause.rule, cause.ruleVersion, cause.label, amount)));
    return List.copyOf(discounts);
  }

  private static Money sum(
      Currency currency, List<PricedLine> lines, Function<PricedLine, Money> part) {
    Money sum = Money.zero(currency);
    for (PricedLine line : lines) {
      sum = sum.plus(part.apply(line));
    }
    return sum;
  }
}
