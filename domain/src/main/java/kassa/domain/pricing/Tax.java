package kassa.domain.pricing;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * Tax of a line or of shipping.
 *
 * @param amount the amount, zero or more
 * @param isIncluded whether the price includes the tax; otherwise it is added to the price
 */
public record Tax(Money amount, boolean isIncluded) {

  /**
   * Validates the amount.
   *
   * @throws InvalidValueException if the amount is negative
   */
  public Tax {
    if (amount.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "tax must not be negative");
    }
  }
}
