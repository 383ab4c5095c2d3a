package kassa.adapters.persistence.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleOutcome.LineDiscount;
import kassa.domain.rule.RuleId;

/**
 * What one rule took off an order, as its discounts tell.
 *
 * @param lines off which lines, in their order
 * @param shipping off shipping
 */
record RuleDiscountShare(List<LineDiscount> lines, Money shipping) {

  /** Where discounts on shipping stand among those on lines. */
  static final int SHIPPING_POSITION = -1;

  static RuleDiscountShare none(PricedCart price) {
    return new RuleDiscountShare(List.of(), Money.zero(price.currency()));
  }

  static Map<RuleId, RuleDiscountShare> byRule(PricedCart price) {
    Map<RuleId, RuleDiscountShare> byRule = new HashMap<>();
    for (int line = 0; line < price.lines().size(); line++) {
      add(byRule, line, price.lines().get(line).discounts());
    }
    if (price.shipping() != null) {
      add(byRule, SHIPPING_POSITION, price.shipping().discounts());
    }
    return byRule;
  }

  /** Whether an applied rule says the same. */
  boolean matches(RuleOutcome.Applied applied) {
    return applied.lines().equals(lines) && applied.shipping().equals(shipping);
  }

  /** The same, and an amount off one more line, or once more off the last one, or off shipping. */
  RuleDiscountShare plus(int line, Money amount) {
    if (line == SHIPPING_POSITION) {
      return new RuleDiscountShare(lines, shipping.plus(amount));
    }
    List<LineDiscount> more = new ArrayList<>(lines);
    Money sum = amount;
    if (!more.isEmpty() && more.getLast().line() == line) {
      sum = more.removeLast().amount().plus(amount);
    }
    more.add(new LineDiscount(line, sum));
    return new RuleDiscountShare(more, shipping);
  }

  private static void add(
      Map<RuleId, RuleDiscountShare> byRule, int line, List<Discount> discounts) {
    for (Discount discount : discounts) {
      RuleDiscountShare before =
          byRule.getOrDefault(
              discount.rule(),
              new RuleDiscountShare(List.of(), Money.zero(discount.amount().currency())));
      byRule.put(discount.rule(), before.plus(line, discount.amount()));
    }
  }
}
