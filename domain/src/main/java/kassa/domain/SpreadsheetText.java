package kassa.domain;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Text for a cell of a CSV file. A spreadsheet evaluates a cell as a formula if it begins with
 * certain signs; some spreadsheets ignore invisible characters before the sign, or accept its
 * full-width form. See the OWASP page on CSV injection.
 */
public final class SpreadsheetText {

  /** A minus before a plain number is not a formula. */
  private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-[0-9]+(\\.[0-9]+)?");

  private static final String FORMULA_SIGNS = "=+-@\u2212";

  private SpreadsheetText() {}

  /** Returns the text, with a leading apostrophe if a spreadsheet could evaluate it. */
  public static String withoutFormula(String text) {
    return isFormula(text) && !NEGATIVE_NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  private static boolean isFormula(String text) {
    if (text.isEmpty()) {
      return false;
    }
    if (Character.isISOControl(text.charAt(0))) {
      return true;
    }
    int start = 0;
    while (start < text.length() && isSkipped(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    return start < text.length() && isFormulaSign(text.codePointAt(start));
  }

  /** Space, and what is not visible: controls, byte order marks, zero-width characters. */
  private static boolean isSkipped(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }

  private static boolean isFormulaSign(int character) {
    String plain = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC);
    return FORMULA_SIGNS.indexOf(plain.codePointAt(0)) >= 0;
  }
}
