package kassa.adapters.http.order.search;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CSV row (RFC 4180) with protection against formula injection in spreadsheets. */
final class CsvRow {

  /** A minus before a plain number is not a formula. */
  private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-[0-9]+(\\.[0-9]+)?");

  private static final String FORMULA_PREFIXES = "=+-@\t\r";
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

  private CsvRow() {}

  /** Returns the row with its line break. {@code null} becomes an empty cell. */
  static String of(List<? extends @Nullable Object> cells) {
    return cells.stream()
        .map(cell -> cell == null ? "" : cell(cell.toString()))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    boolean formula =
        !text.isEmpty()
            && FORMULA_PREFIXES.indexOf(text.charAt(0)) >= 0
            && !NEGATIVE_NUMBER.matcher(text).matches();
    String safe = formula ? "'" + text : text;
    return NEEDS_QUOTES.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
