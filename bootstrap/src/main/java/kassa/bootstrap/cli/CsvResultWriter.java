package kassa.bootstrap.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import kassa.adapters.persistence.admin.ResultColumn;
import kassa.domain.SpreadsheetText;
import org.jspecify.annotations.Nullable;

/**
 * Writes a query result as CSV (RFC 4180): an empty text in quotes, a missing value without. Values
 * that a spreadsheet would evaluate as a formula get a leading apostrophe, except in columns of
 * numbers.
 */
final class CsvResultWriter extends TextResultWriter {

  private final CsvWriter csv;
  private List<ResultColumn> columns = List.of();

  CsvResultWriter(Writer out) {
    super(out);
    csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).bufferSize(0).build(out);
  }

  @Override
  public void columns(List<ResultColumn> resultColumns) throws IOException {
    columns = resultColumns;
    writeRecord(
        resultColumns.stream()
            .map(column -> SpreadsheetText.withoutFormula(column.name()))
            .toArray(String[]::new));
  }

  @Override
  public void row(List<@Nullable String> values) throws IOException {
    @Nullable String[] cells = new @Nullable String[values.size()];
    for (int i = 0; i < cells.length; i++) {
      String value = values.get(i);
      cells[i] =
          value == null || columns.get(i).isNumber()
              ? value
              : SpreadsheetText.withoutFormula(value);
    }
    writeRecord(cells);
  }

  @Override
  void finish() {
    // All rows are written already.
  }

  private void writeRecord(@Nullable String[] cells) throws IOException {
    try {
      csv.writeRecord(cells);
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }
}
