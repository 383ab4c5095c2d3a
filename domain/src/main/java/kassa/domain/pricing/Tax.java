package kassa.domain.pricing;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * The tax on a line.
 *
 * @param amount zero or more
 * @param isIncluded whether the price contains it; it is added on top otherwise
 */
public record Tax(Money amount, boolean isIncluded) {

  /**
   * @throws InvalidValueException if the amount is negative
   */
  public Tax {
    if (amount.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a tax must not be below zero");
    }
  }
}
