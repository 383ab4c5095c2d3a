package kassa.bootstrap.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.persistence.admin.ResultColumn;
import kassa.client.TerminalText;
import org.jspecify.annotations.Nullable;

/**
 * Writes a query result as a table: numbers are right-aligned, other values left-aligned. The width
 * of a column is the maximum width of its name and of its values in the first 1,000 rows. Each row
 * is one line, and control characters are escaped.
 */
final class TableResultWriter extends TextResultWriter {

  private static final int SAMPLE_ROWS = 1_000;

  private final List<List<String>> bufferedRows = new ArrayList<>();
  private List<ResultColumn> columns = List.of();
  private boolean headerWritten;

  TableResultWriter(Writer out) {
    super(out);
  }

  @Override
  public void columns(List<ResultColumn> resultColumns) {
    columns =
        resultColumns.stream()
            .map(column -> new ResultColumn(toSingleLine(column.name()), column.isNumber()))
            .toList();
  }

  @Override
  public void row(List<@Nullable String> values) throws IOException {
    bufferedRows.add(values.stream().map(TableResultWriter::toSingleLine).toList());
    if (bufferedRows.size() >= SAMPLE_ROWS || headerWritten) {
      flushRows();
    }
  }

  @Override
  void finish() throws IOException {
    flushRows();
  }

  private int[] widths = new int[0];

  private void flushRows() throws IOException {
    if (!headerWritten) {
      headerWritten = true;
      computeColumnWidths();
      writeHeader();
    }
    for (List<String> row : bufferedRows) {
      writeRow(row);
    }
    bufferedRows.clear();
  }

  private void computeColumnWidths() {
    widths = columns.stream().mapToInt(column -> width(column.name())).toArray();
    for (List<String> row : bufferedRows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
  }

  private void writeHeader() throws IOException {
    writeRow(columns.stream().map(ResultColumn::name).toList());
    StringBuilder line = new StringBuilder();
    for (int width : widths) {
      line.append(line.isEmpty() ? "" : "-+-").append("-".repeat(width));
    }
    write(line.append('\n').toString());
  }

  private void writeRow(List<String> cells) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - width(cells.get(i))));
      line.append(i == 0 ? "" : " | ");
      line.append(columns.get(i).isNumber() ? padding + cells.get(i) : cells.get(i) + padding);
    }
    write(line.toString().stripTrailing() + "\n");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String toSingleLine(@Nullable String value) {
    return value == null ? "" : TerminalText.escape(value.replaceAll("\\R|\t", " "));
  }
}
