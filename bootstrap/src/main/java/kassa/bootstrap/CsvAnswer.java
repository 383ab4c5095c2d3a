package kassa.bootstrap;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import kassa.adapters.persistence.Persistence.Column;
import org.jspecify.annotations.Nullable;

/**
 * An answer as CSV. Source: RFC 4180. A value that a spreadsheet would take for a formula is
 * written behind an apostrophe, unless its column holds numbers.
 */
final class CsvAnswer extends TextAnswer {

  private List<Column> columns = List.of();

  CsvAnswer(Writer out) {
    super(out);
  }

  @Override
  public void columns(List<Column> found) throws IOException {
    columns = found;
    write(found.stream().map(Column::name).map(CsvAnswer::field).collect(Collectors.joining(",")));
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
        write(columns.get(i).isNumber() ? value : field(value));
      }
    }
    write("\r\n");
  }

  @Override
  void end() {
    // Every row has been written.
  }

  private static String field(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    String safe = formula ? "'" + value : value;
    boolean quoted = value.isEmpty() || safe.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
