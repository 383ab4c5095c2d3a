package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowTest {

  @Test
  void writes_cells_between_commas_and_ends_the_row_as_RFC_4180_has_it() {
    assertThat(CsvRow.of(Arrays.asList("a", null, "", 7L, "Käse \uD83C\uDF81")))
        .isEqualTo("a,,,7,Käse \uD83C\uDF81\r\n");
  }

  @Test
  void quotes_what_would_be_taken_for_the_end_of_a_cell() {
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
  void puts_an_apostrophe_before_what_would_be_taken_for_a_formula(String text, String cell) {
    assertThat(CsvRow.of(List.of(text))).isEqualTo(cell + "\r\n");
  }

  @Test
  void puts_an_apostrophe_before_tabs_and_carriage_returns() {
    assertThat(CsvRow.of(List.of("\t=1", "\r=1"))).isEqualTo("'\t=1,\"'\r=1\"\r\n");
  }
}
