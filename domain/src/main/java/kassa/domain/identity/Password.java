package kassa.domain.identity;

import java.util.function.IntUnaryOperator;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * A password as it was typed. What it is written with is not looked at, and it is never shown.
 * Source: OWASP ASVS 5.0, 6.2.
 *
 * @param text {@value #MIN_LENGTH} to {@value #MAX_LENGTH} code points of any well-formed Unicode
 */
public record Password(String text) {

  /** The fewest code points. */
  public static final int MIN_LENGTH = 8;

  /** The most code points. */
  public static final int MAX_LENGTH = 128;

  /** Nothing that is taken for something else. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int GROUP_LENGTH = 5;

  /**
   * @throws InvalidValueException if it is too short, too long, or not well-formed
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
   * One that is made up: twenty-five characters of thirty-one, which are more than 120 bits.
   *
   * @param randomIndex a number from zero up to below the given one, which nobody can guess
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

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Password";
  }
}
