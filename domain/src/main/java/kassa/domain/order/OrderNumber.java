package kassa.domain.order;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Number of an order, for people: 1, 2, 3 and so on. Unique; there may be gaps.
 *
 * @param value 1 or more
 */
public record OrderNumber(long value) {

  /**
   * Validates the range.
   *
   * @throws InvalidValueException if the number is below one
   */
  public OrderNumber {
    if (value < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "number must be 1 or more");
    }
  }
}
