package kassa.adapters.http.pricing;

import kassa.domain.pricing.Discount;
import org.jspecify.annotations.Nullable;

/**
 * Total discount of one rule on a cart.
 *
 * @param code the code that applied the rule; {@code null} if the rule needs none
 */
public record DiscountResponse(
    String ruleId, int ruleVersion, String label, @Nullable String code, String amount) {

  public static DiscountResponse of(Discount discount) {
    return new DiscountResponse(
        discount.rule().toString(),
        discount.ruleVersion(),
        discount.label(),
        discount.code() == null ? null : discount.code().value(),
        discount.amount().toPlainString());
  }
}
