package kassa.adapters.http.order.search;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kassa.domain.SpreadsheetText;
import org.jspecify.annotations.Nullable;

/** CSV row (RFC 4180) with protection against formula injection in spreadsheets. */
final class CsvRow {

  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvRow() {}

  /** Returns the row with its line break. {@code null} becomes an empty cell. */
  static String of(List<? extends @Nullable Object> cells) {
    return cells.stream()
        .map(cell -> cell == null ? "" : cell(cell.toString()))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  /** Returns the header row, with a byte order mark if wanted. */
  static String header(List<String> columns, boolean byteOrderMark) {
    return (byteOrderMark ? BYTE_ORDER_MARK : "") + of(columns);
  }

  private static String cell(String text) {
    String safe = SpreadsheetText.withoutFormula(text);
    return NEEDS_QUOTES.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
