package kassa.domain.identity;

import java.util.function.IntUnaryOperator;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Password as the user typed it. All characters are allowed; there are no composition rules. It is
 * never shown. Source: OWASP ASVS 5.0, 6.2.
 *
 * @param text {@value #MIN_LENGTH} to {@value #MAX_LENGTH} code points of any well-formed Unicode
 */
public record Password(String text) {

  /** The minimum length, in code points. */
  public static final int MIN_LENGTH = 8;

  /** The maximum length, in code points. */
  public static final int MAX_LENGTH = 128;

  /** Without characters that look alike: no i, l, o, 0 or 1. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int GROUP_LENGTH = 5;

  /**
   * Validates the length and the encoding.
   *
   * @throws InvalidValueException if the text is too short, too long, or not well-formed Unicode
   */
  public Password {
    int length = text.codePointCount(0, text.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE,
          "password must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
    }
    if (text.codePoints().anyMatch(each -> Character.getType(each) == Character.SURROGATE)) {
      throw new InvalidValueException(Reason.MALFORMED, "password must be well-formed Unicode");
    }
  }

  /**
   * Generates a random password of 25 characters out of 31, which is more than 120 bits.
   *
   * @param randomIndex returns a cryptographically random number from zero, inclusive, to its
   *     argument, exclusive
   */
  public static Password generate(IntUnaryOperator randomIndex) {
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      text.append(group == 0 ? "" : "-");
      for (int i = 0; i < GROUP_LENGTH; i++) {
        text.append(ALPHABET.charAt(randomIndex.applyAsInt(ALPHABET.length())));
      }
    }
    return new Password(text.toString());
  }

  /** Returns a constant, so that the password never gets into a log. */
  @Override
  public String toString() {
    return "Password";
  }
}
