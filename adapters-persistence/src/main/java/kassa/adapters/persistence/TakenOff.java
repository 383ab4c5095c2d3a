package kassa.adapters.persistence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Verdict;
import kassa.domain.pricing.Verdict.Share;
import kassa.domain.rule.RuleId;

/**
 * What one rule took off an order, as its discounts tell.
 *
 * @param lines off which lines, in their order
 * @param shipping off shipping
 */
record TakenOff(List<Share> lines, Money shipping) {

  /** Where discounts on shipping stand among those on lines. */
  static final int SHIPPING = -1;

  static TakenOff nothing(PricedCart price) {
    return new TakenOff(List.of(), Money.zero(price.currency()));
  }

  static Map<RuleId, TakenOff> byRule(PricedCart price) {
    Map<RuleId, TakenOff> byRule = new HashMap<>();
    for (int line = 0; line < price.lines().size(); line++) {
      add(byRule, line, price.lines().get(line).discounts());
    }
    if (price.shipping() != null) {
      add(byRule, SHIPPING, price.shipping().discounts());
    }
    return byRule;
  }

  /** Whether an applied rule says the same. */
  boolean isToldBy(Verdict.Applied applied) {
    return applied.lines().equals(lines) && applied.shipping().equals(shipping);
  }

  /** The same, and an amount off one more line, or once more off the last one, or off shipping. */
  TakenOff plus(int line, Money amount) {
    if (line == SHIPPING) {
      return new TakenOff(lines, shipping.plus(amount));
    }
    List<Share> more = new ArrayList<>(lines);
    Money sum = amount;
    if (!more.isEmpty() && more.getLast().line() == line) {
      sum = more.removeLast().amount().plus(amount);
    }
    more.add(new Share(line, sum));
    return new TakenOff(more, shipping);
  }

  private static void add(Map<RuleId, TakenOff> byRule, int line, List<Discount> discounts) {
    for (Discount discount : discounts) {
      TakenOff before =
          byRule.getOrDefault(
              discount.rule(), new TakenOff(List.of(), Money.zero(discount.amount().currency())));
      byRule.put(discount.rule(), before.plus(line, discount.amount()));
    }
  }
}
