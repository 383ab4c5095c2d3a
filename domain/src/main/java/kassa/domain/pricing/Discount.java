package kassa.domain.pricing;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Discount of one rule on one line or on shipping.
 *
 * @param rule the rule
 * @param ruleVersion the version of the rule, 1 or more
 * @param label the label for customers
 * @param code the code that activated the rule; {@code null} if the rule needs none
 * @param amount the amount, above zero
 */
public record Discount(
    RuleId rule, int ruleVersion, String label, @Nullable Code code, Money amount) {

  /**
   * Validates the version and the amount.
   *
   * @throws InvalidValueException if the version is below one, or if the amount is not above zero
   */
  public Discount {
    if (ruleVersion < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "ruleVersion must be 1 or more");
    }
    if (amount.isZero() || amount.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a discount must be above zero");
    }
  }

  /** Creates a discount of a rule that needs no code. */
  public Discount(RuleId rule, int ruleVersion, String label, Money amount) {
    this(rule, ruleVersion, label, null, amount);
  }

  /**
   * Returns the sum of discounts.
   *
   * @throws IllegalArgumentException if a discount is in another currency
   */
  public static Money sum(java.util.List<Discount> discounts, java.util.Currency currency) {
    long sum = 0;
    for (Discount discount : discounts) {
      sum = Math.addExact(sum, discount.amount().minorUnitsIn(currency));
    }
    return new Money(sum, currency);
  }
}
