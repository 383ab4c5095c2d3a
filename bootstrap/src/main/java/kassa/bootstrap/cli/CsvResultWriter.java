package kassa.bootstrap.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import kassa.adapters.persistence.admin.ResultColumn;
import kassa.domain.SpreadsheetText;
import org.jspecify.annotations.Nullable;

/**
 * Writes a query result as CSV (RFC 4180). Values that a spreadsheet would evaluate as a formula
 * get a leading apostrophe, except in columns of numbers.
 */
final class CsvResultWriter extends TextResultWriter {

  private List<ResultColumn> columns = List.of();

  CsvResultWriter(Writer out) {
    super(out);
  }

  @Override
  public void columns(List<ResultColumn> resultColumns) throws IOException {
    columns = resultColumns;
    write(
        resultColumns.stream()
            .map(ResultColumn::name)
            .map(CsvResultWriter::escapeField)
            .collect(Collectors.joining(",")));
    write("\r\n");
  }

  @Override
  public void row(List<@Nullable String> values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (i > 0) {
        write(",");
      }
      if (value != null) {
        write(columns.get(i).isNumber() ? value : escapeField(value));
      }
    }
    write("\r\n");
  }

  @Override
  void finish() {
    // All rows are written already.
  }

  private static String escapeField(String value) {
    String safe = SpreadsheetText.withoutFormula(value);
    boolean needsQuotes = value.isEmpty() || safe.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return needsQuotes ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
