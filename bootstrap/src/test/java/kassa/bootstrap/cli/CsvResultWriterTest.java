package kassa.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import kassa.adapters.persistence.admin.ResultColumn;
import org.junit.jupiter.api.Test;

class CsvResultWriterTest {

  private static final List<ResultColumn> COLUMNS =
      List.of(new ResultColumn("a,b", false), new ResultColumn("=n", true));

  @Test
  void quotes_separators_quotes_line_breaks_and_empty_text() throws IOException {
    StringWriter out = new StringWriter();
    CsvResultWriter csv = new CsvResultWriter(out);

    csv.columns(COLUMNS);
    csv.row(List.of("say \"x\"", "-1"));
    csv.row(List.of("1\n2", "2"));
    csv.row(List.of("", "3"));
    csv.row(Arrays.asList(null, null));

    assertThat(out)
        .hasToString("\"a,b\",'=n\r\n\"say \"\"x\"\"\",-1\r\n\"1\n2\",2\r\n\"\",3\r\n,\r\n");
  }

  @Test
  void escapes_formulas_except_in_columns_of_numbers() throws IOException {
    StringWriter out = new StringWriter();
    CsvResultWriter csv = new CsvResultWriter(out);

    csv.columns(COLUMNS);
    csv.row(List.of("=1+1", "-1E+3"));

    assertThat(out).asString().endsWith("\r\n'=1+1,-1E+3\r\n");
  }

  @Test
  void reports_a_closed_pipe_as_an_io_exception() throws IOException {
    IOException closed = new IOException("Broken pipe");
    CsvResultWriter csv =
        new CsvResultWriter(
            new Writer() {
              @Override
              public void write(char[] buffer, int offset, int length) throws IOException {
                throw closed;
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });

    assertThatThrownBy(() -> csv.columns(COLUMNS)).isSameAs(closed);
  }
}
