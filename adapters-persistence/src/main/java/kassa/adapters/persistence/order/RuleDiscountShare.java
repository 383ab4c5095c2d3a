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
 * Share of one rule in the discounts of an order.
 *
 * @param lines discounts by line, in the order of the lines
 * @param shipping discount on shipping
 */
record RuleDiscountShare(List<LineDiscount> lines, Money shipping) {

  /** Line position of discounts on shipping. */
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

  /** Whether the discounts are those of the applied rule in a pricing trace. */
  boolean matches(RuleOutcome.Applied applied) {
    return applied.lines().equals(lines) && applied.shipping().equals(shipping);
  }

  /** Adds a discount on shipping, on the last line again, or on a further line. */
  RuleDiscountShare plus(int line, Money amount) {
    if (line == SHIPPING_POSITION) {
      return new RuleDiscountShare(lines, shipping.plus(amount));
    }
    List<LineDiscount> newLines = new ArrayList<>(lines);
    Money sum = amount;
    if (!newLines.isEmpty() && newLines.getLast().line() == line) {
      sum = newLines.removeLast().amount().plus(amount);
    }
    newLines.add(new LineDiscount(line, sum));
    return new RuleDiscountShare(newLines, shipping);
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
