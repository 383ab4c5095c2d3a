package kassa.domain;

import kassa.domain.InvalidValueException.Reason;

/** Validates the short texts of the domain: skus, ids, names, labels, metadata. */
public final class PlainText {

  private PlainText() {}

  /**
   * Validates a text of one line: 1 to {@code maxLength} code points of well-formed Unicode,
   * without line breaks and control characters, and without leading or trailing white space.
   *
   * @param name the name of the text, for the message
   * @param maxLength the maximum length, in code points
   * @return {@code text}, unchanged
   * @throws InvalidValueException if the text is not valid
   */
  public static String singleLine(String name, String text, int maxLength) {
    if (text.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, name + " must not be empty");
    }
    if (isWhitespace(text.codePointAt(0)) || isWhitespace(text.codePointBefore(text.length()))) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must not start or end with white space");
    }
    return multiLine(name, text, maxLength, false);
  }

  /**
   * Validates a text of any number of lines: at most {@code maxLength} code points of well-formed
   * Unicode. It may be empty. It may contain tabs and line breaks, but no other control character.
   *
   * @param name the name of the text, for the message
   * @param maxLength the maximum length, in code points
   * @return {@code text}, unchanged
   * @throws InvalidValueException if the text is not valid
   */
  public static String multiLine(String name, String text, int maxLength) {
    return multiLine(name, text, maxLength, true);
  }

  private static String multiLine(
      String name, String text, int maxLength, boolean allowsLineBreaks) {
    if (text.codePointCount(0, text.length()) > maxLength) {
      throw new InvalidValueException(
          Reason.TOO_LONG, name + " must have at most " + maxLength + " characters");
    }
    text.codePoints().forEach(character -> requirePlain(name, character, allowsLineBreaks));
    return text;
  }

  /** Also matches non-breaking spaces, which look the same but which String.strip keeps. */
  private static boolean isWhitespace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static void requirePlain(String name, int character, boolean allowsLineBreaks) {
    boolean loneSurrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    boolean separator = character == 0x2028 || character == 0x2029;
    boolean layout = separator || character == '\n' || character == '\r' || character == '\t';
    boolean control = separator || Character.isISOControl(character);
    if (loneSurrogate || (control && !(layout && allowsLineBreaks))) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must be text without control characters");
    }
  }
}
