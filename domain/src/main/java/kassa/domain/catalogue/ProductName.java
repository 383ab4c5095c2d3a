package kassa.domain.catalogue;

import kassa.domain.InvalidValueException;
import kassa.domain.PlainText;

/**
 * Display name of a product.
 *
 * @param value 1 to 200 characters on one line
 */
public record ProductName(String value) {

  /** The maximum length, in characters. */
  public static final int MAX_LENGTH = 200;

  /**
   * Validates the text.
   *
   * @throws InvalidValueException if the text is empty, too long or not plain
   */
  public ProductName {
    PlainText.singleLine("name", value, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
