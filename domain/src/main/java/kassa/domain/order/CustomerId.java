package kassa.domain.order;

import kassa.domain.PlainText;

/**
 * Names the customer of an order, as the one who sent the order knows them.
 *
 * @param value 1 to 64 characters on one line
 */
public record CustomerId(String value) {

  /** The longest id, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * @throws kassa.domain.InvalidValueException if the text is empty, too long or not plain
   */
  public CustomerId {
    PlainText.singleLine("customerId", value, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
