package kassa.bootstrap;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.persistence.Persistence.Column;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a table for people: numbers to the right, everything else to the left. The width of
 * a column is that of its widest value among the first thousand rows.
 */
final class TableAnswer extends TextAnswer {

  private static final int MEASURED = 1_000;

  private final List<List<String>> waiting = new ArrayList<>();
  private List<Column> columns = List.of();
  private boolean begun;

  TableAnswer(Writer out) {
    super(out);
  }

  @Override
  public void columns(List<Column> found) {
    columns = found;
  }

  @Override
  public void row(List<@Nullable String> values) throws IOException {
    waiting.add(values.stream().map(TableAnswer::oneLine).toList());
    if (waiting.size() >= MEASURED || begun) {
      writeWaiting();
    }
  }

  @Override
  void end() throws IOException {
    writeWaiting();
  }

  private int[] widths = new int[0];

  private void writeWaiting() throws IOException {
    if (!begun) {
      begun = true;
      measure();
      writeHead();
    }
    for (List<String> row : waiting) {
      writeRow(row);
    }
    waiting.clear();
  }

  private void measure() {
    widths = columns.stream().mapToInt(column -> width(column.name())).toArray();
    for (List<String> row : waiting) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
  }

  private void writeHead() throws IOException {
    writeRow(columns.stream().map(Column::name).toList());
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

  private static String oneLine(@Nullable String value) {
    return value == null ? "" : value.replaceAll("\\p{Cntrl}", " ");
  }
}
