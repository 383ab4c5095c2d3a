package kassa.client;

import java.util.Locale;
import java.util.regex.Pattern;

/** Texts of files and servers in messages: they must neither control a terminal nor fill it. */
public final class TerminalText {

  /** Controls, what reorders or hides text, separators of lines, and half characters. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private static final int MAX_NAME = 60;

  private TerminalText() {}

  /** Returns the text with escapes such as {@code \}{@code u001b} in place of unsafe characters. */
  public static String escape(String text) {
    return UNSAFE
        .matcher(text)
        .replaceAll(match -> String.format(Locale.ROOT, "\\\\u%04x", match.group().codePointAt(0)));
  }

  /** Returns the escaped text, shortened to a number of characters. */
  public static String excerpt(String text, int maxLength) {
    boolean isLong = text.codePointCount(0, text.length()) > maxLength;
    return isLong
        ? escape(text.substring(0, text.offsetByCodePoints(0, maxLength))) + "..."
        : escape(text);
  }

  /** Returns a name or key, escaped and shortened. */
  static String name(String text) {
    return excerpt(text, MAX_NAME);
  }
}
