package kassa.domain.identity;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * A password as it was typed. What it is written with is not looked at, and it is never shown.
 * Source: OWASP ASVS 5.0, 6.2.
 *
 * @param text {@value #SHORTEST} to {@value #LONGEST} code points of any well-formed Unicode
 */
public record Password(String text) {

  /** The fewest code points. */
  public static final int SHORTEST = 8;

  /** The most code points. */
  public static final int LONGEST = 128;

  /**
   * @throws InvalidValueException if it is too short, too long, or not well-formed
   */
  public Password {
    int length = text.codePointCount(0, text.length());
    if (length < SHORTEST || length > LONGEST) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "password must have " + SHORTEST + " to " + LONGEST + " characters");
    }
    if (text.codePoints().anyMatch(each -> Character.getType(each) == Character.SURROGATE)) {
      throw new InvalidValueException(Reason.MALFORMED, "password must be well-formed Unicode");
    }
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Password";
  }
}
