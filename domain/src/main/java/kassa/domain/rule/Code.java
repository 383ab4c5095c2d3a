package kassa.domain.rule;

import java.util.Locale;
import kassa.domain.PlainText;

/**
 * Discount code that a customer enters. Case-insensitive; surrounding white space is removed.
 *
 * @param value 1 to 64 characters on one line, in the original case
 */
public record Code(String value) {

  /** The maximum length, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * Strips and validates the text.
   *
   * @throws kassa.domain.InvalidValueException if the text is empty, too long or not plain
   */
  public Code {
    value = PlainText.singleLine("code", value.strip(), MAX_LENGTH);
  }

  /** Returns the case-folded text, which identifies the code. */
  public String key() {
    return value.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Code code && code.key().equals(key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
