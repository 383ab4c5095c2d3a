package kassa.adapters.http.order.search;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.List;
import kassa.domain.SpreadsheetText;
import org.jspecify.annotations.Nullable;

/** CSV row (RFC 4180) with protection against formula injection in spreadsheets. */
public final class CsvRow {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvRow() {}

  /** Returns the row with its line break. {@code null} becomes an empty cell. */
  public static String of(List<? extends @Nullable Object> cells) {
    StringWriter row = new StringWriter();
    CsvWriter.builder()
        .bufferSize(0)
        .build(row)
        .writeRecord(cells.stream().map(CsvRow::cell).toArray(String[]::new));
    return row.toString();
  }

  /** Returns the header row, with a byte order mark if wanted. */
  public static String header(List<String> columns, boolean byteOrderMark) {
    return (byteOrderMark ? BYTE_ORDER_MARK : "") + of(columns);
  }

  private static String cell(@Nullable Object value) {
    return value == null ? "" : SpreadsheetText.withoutFormula(value.toString());
  }
}
