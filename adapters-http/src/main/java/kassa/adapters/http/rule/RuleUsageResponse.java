package kassa.adapters.http.rule;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.domain.json.JsonValue;
import kassa.domain.money.Money;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import org.jspecify.annotations.Nullable;

/**
 * What has been used of a rule.
 *
 * @param orders the orders that use it
 * @param released the uses that cancelled orders gave back
 * @param customers the customers among those who are known
 * @param discounts what it took off, by currency
 * @param limits how often it may be used, as it was written; {@code null} for as often as one likes
 */
public record RuleUsageResponse(
    long orders, long released, long customers, List<Discount> discounts, @Nullable Object limits) {

  /**
   * What a rule took off in one currency.
   *
   * @param currency the currency
   * @param amount in its major unit
   */
  public record Discount(String currency, String amount) {}

  /** Writes down what has been used of this rule. */
  public static RuleUsageResponse of(StoredRule rule, RuleUsage usage) {
    JsonValue limits = rule.definitionJson().members().get("limits");
    return new RuleUsageResponse(
        usage.orders(),
        usage.released(),
        usage.customers(),
        usage.discounts().entrySet().stream()
            .map(RuleUsageResponse::discount)
            .sorted(Comparator.comparing(Discount::currency))
            .toList(),
        limits == null ? null : JsonValueConverter.toPlainJson(limits));
  }

  private static Discount discount(Map.Entry<Currency, Long> taken) {
    Money amount = new Money(taken.getValue(), taken.getKey());
    return new Discount(taken.getKey().getCurrencyCode(), amount.toPlainString());
  }
}
