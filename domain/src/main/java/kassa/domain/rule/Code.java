package kassa.domain.rule;

import java.util.Locale;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;

/**
 * Discount code that a customer enters. Case-insensitive; surrounding white space is removed.
 *
 * @param value at most 64 characters on one line, in the original case; empty only if a customer
 *     entered an empty text
 */
public record Code(String value) {

  /** The maximum length, in characters. */
  public static final int MAX_LENGTH = 64;

  /** In the place of what a code cannot contain; never part of an issued code. */
  private static final String REPLACEMENT = "\uFFFD";

  /**
   * Strips and validates the text.
   *
   * @throws InvalidValueException if the text is too long or not plain
   */
  public Code {
    value = PlainText.strip(value);
    if (!value.isEmpty()) {
      PlainText.singleLine("code", value, MAX_LENGTH);
    }
  }

  /**
   * Parses a code: normalized to Unicode NFC, without invisible characters and surrounding white
   * space.
   *
   * @throws InvalidValueException if the text is empty, too long or not plain
   */
  public static Code parse(String text) {
    return new Code(PlainText.identifier("code", PlainText.strip(text), MAX_LENGTH));
  }

  /**
   * Parses a new code, which becomes part of a path.
   *
   * @throws InvalidValueException if the text is not a valid code, is {@code .} or {@code ..}, or
   *     contains U+FFFD
   */
  public static Code parseNew(String text) {
    Code code = parse(text);
    PlainText.requirePathSegment("code", code.value);
    if (code.value.contains(REPLACEMENT)) {
      throw new InvalidValueException(
          Reason.MALFORMED, "code must not contain the character U+FFFD");
    }
    return code;
  }

  /**
   * Reads what a customer entered. A text that is no valid code is not an error, it is an unknown
   * code: it is cut to the maximum length, with U+FFFD in the place of what was left out.
   */
  public static Code entered(String text) {
    try {
      return parse(text);
    } catch (InvalidValueException unknown) {
      return unknown(PlainText.strip(text));
    }
  }

  private static Code unknown(String text) {
    if (text.isEmpty()) {
      return new Code("");
    }
    String visible = PlainText.visible(text);
    int length = Math.min(MAX_LENGTH - 1, visible.codePointCount(0, visible.length()));
    return new Code(
        PlainText.strip(visible.substring(0, visible.offsetByCodePoints(0, length))) + REPLACEMENT);
  }

  /** Returns the case-folded text, which identifies the code. */
  public String key() {
    return value.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Code code && code.key().equals(key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
