package kassa.domain.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;

/**
 * Email address that a user signs in with. Case-insensitive, therefore stored in lower case.
 *
 * @param value 3 to {@value #MAX_LENGTH} characters, with one {@code @} and text on both sides of
 *     it
 */
public record EmailAddress(String value) {

  /** The maximum length of an address, in characters. Source: RFC 5321, 4.5.3.1. */
  public static final int MAX_LENGTH = 254;

  private static final Pattern PATTERN = Pattern.compile("[^@\\s]+@[^@\\s]+");

  /**
   * Validates an address and converts it to lower case.
   *
   * @throws InvalidValueException if the text is not an email address
   */
  public EmailAddress {
    // The lower-case text may be longer than the original, so its length is validated.
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
