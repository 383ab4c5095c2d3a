package kassa.domain.rule;

import java.util.Locale;
import kassa.domain.PlainText;

/**
 * What a buyer types to get a discount. Space around it does not count, nor does the case of its
 * letters.
 *
 * @param value 1 to 64 characters on one line, as it is shown
 */
public record Code(String value) {

  /** The longest code, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * @throws kassa.domain.InvalidValueException if the text is empty, too long or not plain
   */
  public Code {
    value = PlainText.singleLine("code", value.strip(), MAX_LENGTH);
  }

  /** What two spellings of one code have in common. */
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
