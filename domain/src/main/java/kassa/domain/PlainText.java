package kassa.domain;

import kassa.domain.InvalidValueException.Reason;

/** The check that every short text of the domain passes: skus, references, labels, metadata. */
public final class PlainText {

  private PlainText() {}

  /**
   * Returns {@code text} if it can be stored and shown as it is: 1 to {@code longest} code points
   * of well-formed Unicode, without line breaks and control characters, and without white space at
   * its ends.
   *
   * @param name what the text is, for the message
   * @throws InvalidValueException otherwise
   */
  public static String singleLine(String name, String text, int maxLength) {
    if (text.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, name + " must not be empty");
    }
    if (isWhitespace(text.codePointAt(0)) || isWhitespace(text.codePointBefore(text.length()))) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must not begin or end with white space");
    }
    return multiLine(name, text, maxLength, false);
  }

  /**
   * Returns {@code text} if it is at most {@code longest} code points of well-formed Unicode. It
   * may be empty, and may hold tabs and line breaks, but no other control character.
   *
   * @param name what the text is, for the message
   * @throws InvalidValueException otherwise
   */
  public static String multiLine(String name, String text, int maxLength) {
    return multiLine(name, text, maxLength, true);
  }

  private static String multiLine(String name, String text, int maxLength, boolean breaksAllowed) {
    if (text.codePointCount(0, text.length()) > maxLength) {
      throw new InvalidValueException(
          Reason.TOO_LONG, name + " must have at most " + maxLength + " characters");
    }
    text.codePoints().forEach(character -> requirePlain(name, character, breaksAllowed));
    return text;
  }

  /** What String.strip removes, and the spaces that do not break, which look no different. */
  private static boolean isWhitespace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static void requirePlain(String name, int character, boolean breaksAllowed) {
    boolean loneSurrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    boolean separator = character == 0x2028 || character == 0x2029;
    boolean layout = separator || character == '\n' || character == '\r' || character == '\t';
    boolean control = separator || Character.isISOControl(character);
    if (loneSurrogate || (control && !(layout && breaksAllowed))) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must be text without control characters");
    }
  }
}
