package kassa.adapters.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/orders/1   | /v1/orders/1
          'a b'          | a\\u0020b
          'ü'            | \\u00fc
          ''             | -
          """,
      delimiter = '|')
  void what_is_not_printable_is_escaped(String text, String escaped) {
    assertThat(AccessLog.escape(text)).isEqualTo(escaped);
  }

  @ParameterizedTest
  @CsvSource({"10, \\u000a", "13, \\u000d", "27, \\u001b", "127, \\u007f"})
  void control_characters_are_escaped(int character, String escaped) {
    assertThat(AccessLog.escape("a" + (char) character + "b")).isEqualTo("a" + escaped + "b");
  }
}
