package kassa.adapters.http.order.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowTest {

  @Test
  void writes_row_according_to_rfc_4180() {
    assertThat(CsvRow.of(Arrays.asList("a", null, "", 7L, "Käse \uD83C\uDF81")))
        .isEqualTo("a,,,7,Käse \uD83C\uDF81\r\n");
  }

  @Test
  void quotes_commas_quotes_and_line_breaks() {
    assertThat(CsvRow.of(List.of("a,b", "say \"x\"", "1\n2", "1\r2", "a;b")))
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"1\n2\",\"1\r2\",a;b\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          =1+1          | '=1+1
          +1            | '+1
          @SUM(A1)      | '@SUM(A1)
          -1+cmd        | '-1+cmd
          -             | '-
          --1           | '--1
          -1            | -1
          -12.50        | -12.50
          -1.           | '-1.
          1=1           | 1=1
          'x            | 'x
          """,
      delimiter = '|',
      quoteCharacter = '~')
  void escapes_formulas_with_an_apostrophe(String text, String cell) {
    assertThat(CsvRow.of(List.of(text))).isEqualTo(cell + "\r\n");
  }

  @Test
  void escapes_tabs_and_carriage_returns_with_an_apostrophe() {
    assertThat(CsvRow.of(List.of("\t=1", "\r=1"))).isEqualTo("'\t=1,\"'\r=1\"\r\n");
  }
}
