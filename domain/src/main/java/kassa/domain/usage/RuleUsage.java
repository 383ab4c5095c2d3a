package kassa.domain.usage;

import java.util.Currency;
import java.util.Map;
import kassa.domain.money.MoneySum;

/**
 * Usage of a rule. Released uses are counted in {@code released} only.
 *
 * @param orders the number of orders that use the rule
 * @param released the number of uses that were released by cancelled orders
 * @param customers the number of different customers of these orders, without anonymous ones
 * @param discounts the total discounts by currency
 */
public record RuleUsage(
    long orders, long released, long customers, Map<Currency, MoneySum> discounts) {

  /** Copies the map. */
  public RuleUsage {
    discounts = Map.copyOf(discounts);
  }
}
