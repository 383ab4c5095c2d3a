package kassa.domain;

import java.text.Normalizer;
import java.util.Locale;
import kassa.domain.InvalidValueException.Reason;

/**
 * Validates and normalizes the short texts of the domain: skus, ids, names, labels, metadata. See
 * docs/decisions/0033.
 */
public final class PlainText {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** First letter after the Latin, Greek and Cyrillic scripts, which never join letters. */
  private static final int FIRST_JOINED_LETTER = 0x0590;

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

  /**
   * Validates and normalizes a text that identifies something, such as a sku: a single line without
   * invisible characters and spaces other than U+0020. Two identifiers that differ only in their
   * Unicode normalization are the same.
   *
   * @param name the name of the text, for the message
   * @param maxLength the maximum length, in code points
   * @return the text in Unicode normalization form C
   * @throws InvalidValueException if the text is not valid
   */
  public static String identifier(String name, String text, int maxLength) {
    if (isPrintableAscii(text)) {
      return singleLine(name, text, maxLength);
    }
    text.codePoints()
        .filter(PlainText::isInvisible)
        .findFirst()
        .ifPresent(character -> rejectInvisible(name, character));
    String identifier = singleLine(name, normalize(text), maxLength);
    text.codePoints()
        .filter(character -> character != ' ' && isWhitespace(character))
        .findFirst()
        .ifPresent(character -> rejectSpace(name, character));
    return identifier;
  }

  /**
   * Validates an identifier that is part of a path: clients remove {@code .} and {@code ..}.
   *
   * @param name the name of the text, for the message
   * @throws InvalidValueException if the text cannot be part of a path
   */
  public static void requirePathSegment(String name, String text) {
    if (text.equals(".") || text.equals("..")) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must not be . or .., which cannot be part of a path");
    }
  }

  /**
   * Validates and normalizes a name of a person or a thing: a single line without invisible
   * characters, except those that join the letters of some scripts and the parts of an emoji.
   *
   * @param name the name of the text, for the message
   * @param maxLength the maximum length, in code points
   * @return the text in Unicode normalization form C
   * @throws InvalidValueException if the text is not valid
   */
  public static String displayName(String name, String text, int maxLength) {
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      if (isInvisible(characters[i]) && !isJoiner(characters, i)) {
        rejectInvisible(name, characters[i]);
      }
    }
    return singleLine(name, normalize(text), maxLength);
  }

  /** Returns a text in Unicode normalization form C, in which identifiers are compared. */
  public static String normalize(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Returns a text without invisible characters, in Unicode normalization form C. */
  public static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(character -> !isInvisible(character))
        .forEach(visible::appendCodePoint);
    return normalize(visible.toString());
  }

  /** Returns a text without leading and trailing white space of Unicode. */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isWhitespace(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (end > start && isWhitespace(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static String multiLine(
      String name, String text, int maxLength, boolean allowsLineBreaks) {
    if (text.codePointCount(0, text.length()) > maxLength) {
      throw new InvalidValueException(
          Reason.TOO_LONG, name + " must have at most " + maxLength + " characters");
    }
    if (!isPrintableAscii(text)) {
      text.codePoints().forEach(character -> requirePlain(name, character, allowsLineBreaks));
    }
    return text;
  }

  /**
   * Whether no character needs a check: most texts are such, and checking is most of their cost.
   */
  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** Also matches non-breaking spaces, which look the same but which String.strip keeps. */
  private static boolean isWhitespace(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == 0x85;
  }

  /**
   * Whether nothing or only a space is seen of a character: zero-width and formatting characters,
   * controls of the writing direction, variation selectors, fillers, tags, control characters and
   * unpaired surrogates.
   */
  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT,
          Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isVariationSelector(character) || isFiller(character) || isReserved(character);
    };
  }

  private static boolean isVariationSelector(int character) {
    return (character >= 0xFE00 && character <= 0xFE0F)
        || (character >= 0xE0100 && character <= 0xE01EF)
        || (character >= 0x180B && character <= 0x180F);
  }

  /** Letters and marks without a shape. Source: Unicode, Default_Ignorable_Code_Point. */
  private static boolean isFiller(int character) {
    return switch (character) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> false;
    };
  }

  /** Unassigned code points that Unicode reserves for invisible characters, and noncharacters. */
  private static boolean isReserved(int character) {
    return character == 0x2065
        || (character >= 0xFFF0 && character <= 0xFFF8)
        || (character >= 0xE0000 && character <= 0xE0FFF)
        || (character >= 0xFDD0 && character <= 0xFDEF)
        || (character & 0xFFFE) == 0xFFFE;
  }

  /**
   * Whether an invisible character changes the shape of its neighbours: a joiner between two
   * letters of a script that joins them or between two symbols, a variation selector or the tag of
   * a flag after a symbol.
   */
  private static boolean isJoiner(int[] characters, int index) {
    if (index == 0) {
      return false;
    }
    int character = characters[index];
    int before = characters[index - 1];
    boolean joins = character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
    if (joins) {
      return index + 1 < characters.length
          && isShaped(before)
          && isShaped(characters[index + 1])
          && !isInvisible(characters[index + 1]);
    }
    if (character >= 0xE0020 && character <= 0xE007F) {
      return before == 0x1F3F4 || (before >= 0xE0020 && before <= 0xE007E);
    }
    boolean keycap = index + 1 < characters.length && characters[index + 1] == 0x20E3;
    return (character == 0xFE0E || character == 0xFE0F)
        && (keycap || (Character.isEmoji(before) && before > 0x7F));
  }

  /** Whether a joiner beside this character can be seen. */
  private static boolean isShaped(int character) {
    return character >= FIRST_JOINED_LETTER
        && (!isInvisible(character) || character == 0xFE0F)
        && !isWhitespace(character);
  }

  private static void rejectInvisible(String name, int character) {
    throw new InvalidValueException(
        Reason.MALFORMED,
        name + " must not contain the invisible or control character " + codePoint(character));
  }

  /** Other spaces look like a space, so that two identifiers would look the same. */
  private static void rejectSpace(String name, int character) {
    throw new InvalidValueException(
        Reason.MALFORMED,
        name + " must not contain the space " + codePoint(character) + "; use a plain space");
  }

  private static String codePoint(int character) {
    String hex = Integer.toHexString(character).toUpperCase(Locale.ROOT);
    return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
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
