package kassa.adapters.http.rule;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.domain.json.JsonValue;
import kassa.domain.money.MoneySum;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import org.jspecify.annotations.Nullable;

/**
 * Usage of a rule.
 *
 * @param orders number of orders that use the rule
 * @param released number of uses released by cancelled orders
 * @param customers number of known customers who use the rule
 * @param discounts discount totals by currency
 * @param limits the limits as they were sent; {@code null} if unlimited
 */
public record RuleUsageResponse(
    long orders, long released, long customers, List<Discount> discounts, @Nullable Object limits) {

  /**
   * Discount total of a rule in one currency.
   *
   * @param currency the currency
   * @param amount the amount in major units
   */
  public record Discount(String currency, String amount) {}

  /** Converts the usage of a rule to its response. */
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

  private static Discount discount(Map.Entry<Currency, MoneySum> entry) {
    return new Discount(entry.getKey().getCurrencyCode(), entry.getValue().toPlainString());
  }
}
