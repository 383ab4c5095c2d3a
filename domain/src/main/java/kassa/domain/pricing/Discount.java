package kassa.domain.pricing;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * What one rule took off one line, or off shipping.
 *
 * @param rule the rule
 * @param ruleVersion the version of it that applied, 1 or more
 * @param label what the buyer is told it is
 * @param code the code that brought the rule; {@code null} for a rule that needs none
 * @param amount above zero
 */
public record Discount(
    RuleId rule, int ruleVersion, String label, @Nullable Code code, Money amount) {

  /**
   * @throws InvalidValueException if the version is below one, or if nothing or less was taken off
   */
  public Discount {
    if (ruleVersion < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "ruleVersion must be 1 or more");
    }
    if (amount.isZero() || amount.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a discount must be above zero");
    }
  }

  /** A discount of a rule that needs no code. */
  public Discount(RuleId rule, int ruleVersion, String label, Money amount) {
    this(rule, ruleVersion, label, null, amount);
  }

  /**
   * The sum of all of these.
   *
   * @throws IllegalArgumentException if one of them is not in the currency
   */
  public static Money sum(java.util.List<Discount> discounts, java.util.Currency currency) {
    long sum = 0;
    for (Discount discount : discounts) {
      sum = Math.addExact(sum, discount.amount().minorUnitsIn(currency));
    }
    return new Money(sum, currency);
  }
}
