package kassa.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import kassa.adapters.persistence.admin.ResultColumn;
import org.junit.jupiter.api.Test;

class TableResultWriterTest {

  private final StringWriter out = new StringWriter();
  private final TableResultWriter table = new TableResultWriter(out);

  @Test
  void aligns_numbers_to_the_right_and_text_to_the_left() throws IOException {
    table.columns(List.of(new ResultColumn("sku", false), new ResultColumn("n", true)));
    table.row(List.of("A", "10"));
    table.row(Arrays.asList(null, "9"));
    table.finish();

    assertThat(out).hasToString("sku |  n\n----+---\nA   | 10\n    |  9\n");
  }

  @Test
  void escapes_control_characters_of_names_and_values() throws IOException {
    table.columns(List.of(new ResultColumn("a\u001b[31m", false)));
    table.row(List.of("x\u001b]0;title\u0007\u009b\u202ey\u200b"));
    table.finish();

    assertThat(out)
        .hasToString(
            """
            a\\u001b[31m
            ----------------------------------------
            x\\u001b]0;title\\u0007\\u009b\\u202ey\\u200b
            """);
  }

  @Test
  void writes_values_with_line_breaks_as_one_line() throws IOException {
    table.columns(List.of(new ResultColumn("a", false)));
    table.row(List.of("1\r\n2\n3\t4\u20285"));
    table.finish();

    assertThat(out).hasToString("a\n---------\n1 2 3 4 5\n");
  }
}
