package kassa.domain.order;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Names an order for people: 1, 2, 3 and so on. A number is never given twice; there may be gaps.
 *
 * @param value 1 or more
 */
public record OrderNumber(long value) {

  /**
   * @throws InvalidValueException below one
   */
  public OrderNumber {
    if (value < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "number must be 1 or more");
    }
  }
}
