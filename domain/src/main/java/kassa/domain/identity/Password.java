package kassa.domain.identity;

import java.util.function.IntUnaryOperator;
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

  /** Nothing that is taken for something else. */
  private static final String CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int CHARACTERS_OF_GROUP = 5;

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

  /**
   * One that is made up: twenty-five characters of thirty-one, which are more than 120 bits.
   *
   * @param chance a number from zero up to below the given one, which nobody can guess
   */
  public static Password madeUp(IntUnaryOperator chance) {
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      text.append(group == 0 ? "" : "-");
      for (int i = 0; i < CHARACTERS_OF_GROUP; i++) {
        text.append(CHARACTERS.charAt(chance.applyAsInt(CHARACTERS.length())));
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
