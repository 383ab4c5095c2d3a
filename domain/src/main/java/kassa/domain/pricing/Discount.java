package kassa.domain.pricing;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * What one rule took off one line.
 *
 * @param rule the rule
 * @param ruleVersion the version of it that applied
 * @param label what the buyer is told it is
 * @param amount above zero
 */
public record Discount(RuleId rule, int ruleVersion, String label, Money amount) {

  /**
   * @throws InvalidValueException if nothing or less was taken off
   */
  public Discount {
    if (amount.isZero() || amount.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a discount must be above zero");
    }
  }
}
