package kassa.domain.order;

import kassa.domain.PlainText;

/**
 * Id of a customer, assigned by the client that places the order.
 *
 * @param value 1 to 64 characters on one line
 */
public record CustomerId(String value) {

  /** The maximum length, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * Validates the text.
   *
   * @throws kassa.domain.InvalidValueException if the text is empty, too long or not plain
   */
  public CustomerId {
    PlainText.singleLine("customerId", value, MAX_LENGTH);
  }

  /**
   * Parses the id of a client: normalized to Unicode NFC, without invisible characters.
   *
   * @throws InvalidValueException if the text is not a valid customerId
   */
  public static CustomerId parse(String text) {
    return new CustomerId(PlainText.identifier("customerId", text, MAX_LENGTH));
  }

  @Override
  public String toString() {
    return value;
  }
}
