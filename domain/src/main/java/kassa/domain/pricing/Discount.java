package kassa.domain.pricing;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * What one rule took off one line.
 *
 * @param rule the rule
 * @param ruleVersion the version of it that applied, 1 or more
 * @param label what the buyer is told it is
 * @param amount above zero
 */
public record Discount(RuleId rule, int ruleVersion, String label, Money amount) {

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
}
