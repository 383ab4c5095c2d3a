package kassa.domain.usage;

import java.util.Currency;
import java.util.Map;

/**
 * What has been used of a rule. Uses that were given back do not count.
 *
 * @param orders the orders that use it
 * @param released the uses that cancelled orders gave back
 * @param customers the customers among those who are known
 * @param discounts what it took off, in minor units by currency
 */
public record RuleUsage(long orders, long released, long customers, Map<Currency, Long> discounts) {

  public RuleUsage {
    discounts = Map.copyOf(discounts);
  }
}
