package kassa.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-06-15T12:00:00Z                     | 2026-06-15T12:00:00Z
          2026-06-15t12:00:00z                     | 2026-06-15T12:00:00Z
          2026-06-15T12:00:00.1Z                   | 2026-06-15T12:00:00.100Z
          2026-06-15T12:00:00+02:00                | 2026-06-15T10:00:00Z
          2026-06-15T12:00:00-05:30                | 2026-06-15T17:30:00Z
          2026-06-15T12:00:00-00:00                | 2026-06-15T12:00:00Z
          2026-06-15T12:00:00+23:59                | 2026-06-14T12:01:00Z
          0000-01-01T00:00:00Z                     | 0000-01-01T00:00:00Z
          9999-12-31T23:59:59.999999Z              | 9999-12-31T23:59:59.999999Z
          """,
      delimiter = '|')
  void parses_rfc_3339(String text, Instant expected) {
    assertThat(Timestamps.parse("at", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-06-15T12:00:00.1234567Z             | 2026-06-15T12:00:00.123456Z
          2026-06-15T12:00:00.999999999Z           | 2026-06-15T12:00:00.999999Z
          2026-06-15T12:00:00.99999999999999+01:00 | 2026-06-15T11:00:00.999999Z
          1969-12-31T23:59:59.0000009Z             | 1969-12-31T23:59:59Z
          9999-12-31T23:59:59.9999999Z             | 9999-12-31T23:59:59.999999Z
          """,
      delimiter = '|')
  void truncates_to_microseconds(String text, Instant expected) {
    assertThat(Timestamps.parse("at", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "today",
        "2026-06-15",
        "2026-06-15T12:00Z",
        "2026-06-15T12:00:00",
        "2026-06-15 12:00:00Z",
        "2026-02-30T12:00:00Z",
        "2026-06-15T24:00:00Z",
        "2026-06-15T12:00:00.Z",
        "2026-06-15T12:00:00,5Z",
        "2026-06-15T12:00:00+24:00",
        "2026-06-15T12:00:00+02:60",
        "2026-06-15T12:00:00+02:00:00",
        "2026-06-15T12:00:00+02:00[Europe/Berlin]",
        "9999-12-31T23:59:59-01:00",
        "0000-01-01T00:00:00+01:00",
        "+12026-06-15T12:00:00Z",
        "\u0662026-06-15T12:00:00Z"
      })
  void rejects_other_formats(String text) {
    assertThatThrownBy(() -> Timestamps.parse("at", text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("at must be an RFC 3339 time such as 2026-06-15T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-06-15T12:00:00+0200", "2026-06-15T12:00:00-02"})
  void names_the_missing_colon_of_an_offset(String text) {
    assertThatThrownBy(() -> Timestamps.parse("at", text)).hasMessageContaining("needs a colon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-06-15T12:00:00 02:00", "2026-06-15T12:00:00.5 0200"})
  void names_the_plus_that_became_a_space(String text) {
    assertThatThrownBy(() -> Timestamps.parse("at", text)).hasMessageContaining("%2B");
  }
}
