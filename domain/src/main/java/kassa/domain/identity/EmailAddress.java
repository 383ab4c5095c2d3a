package kassa.domain.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;

/**
 * The address that a person signs in with, in lower case: addresses that differ in case alone are
 * one.
 *
 * @param value 3 to {@value #MAX_LENGTH} characters, with one {@code @} and something on both sides
 */
public record EmailAddress(String value) {

  /** The most characters of an address that mail is delivered to. Source: RFC 5321, 4.5.3.1. */
  public static final int MAX_LENGTH = 254;

  private static final Pattern PATTERN = Pattern.compile("[^@\\s]+@[^@\\s]+");

  /**
   * @throws InvalidValueException if the text is no address
   */
  public EmailAddress {
    // Lower case may be longer.
    value = PlainText.singleLine("email", value.toLowerCase(Locale.ROOT), MAX_LENGTH);
    if (!PATTERN.matcher(value).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED, "email must be an address such as ann@example.com");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
