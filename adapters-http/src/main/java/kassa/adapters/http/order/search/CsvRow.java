package kassa.adapters.http.order.search;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of CSV (RFC 4180) that no spreadsheet takes for a formula. */
final class CsvRow {

  /** With a plain number behind it, a minus begins no formula. */
  private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-[0-9]+(\\.[0-9]+)?");

  private static final String FORMULA_PREFIXES = "=+-@\t\r";
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

  private CsvRow() {}

  /** The row, with its end. Nothing is an empty cell. */
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
