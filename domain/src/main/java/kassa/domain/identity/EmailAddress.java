package kassa.domain.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;

/**
 * Email address that a user signs in with. Case-insensitive, therefore stored in lower case, and in
 * Unicode NFC.
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
    String lower = PlainText.normalize(value).toLowerCase(Locale.ROOT);
    value = PlainText.singleLine("email", lower, MAX_LENGTH);
    if (!PATTERN.matcher(value).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED, "email must be an address such as ann@example.com");
    }
  }

  /**
   * Parses the address of a new user: without invisible characters.
   *
   * @throws InvalidValueException if the text is not a valid email address
   */
  public static EmailAddress parse(String text) {
    return new EmailAddress(PlainText.identifier("email", text, MAX_LENGTH));
  }

  @Override
  public String toString() {
    return value;
  }
}
