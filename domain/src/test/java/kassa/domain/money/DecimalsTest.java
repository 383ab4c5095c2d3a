package kassa.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import kassa.domain.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  /** Texts around the number of digits up to which no BigDecimal is needed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "7",
        "007.50",
        "7.250",
        "12.500000",
        "999999999999.999999",
        "999999999999.9999990",
        "1000000000000",
        "1000000000000.000001",
        "9223372036854.775807",
        "0000000000000000000000001.5"
      })
  void parses_to_the_exact_scaled_integer(String text) {
    assertThat(Decimals.parseScaled("n", text, 6, 0, Long.MAX_VALUE))
        .isEqualTo(new BigDecimal(text).movePointRight(6).longValueExact());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                   | MALFORMED
          .                    | MALFORMED
          1.                   | MALFORMED
          .5                   | MALFORMED
          1.2.3                | MALFORMED
          +1                   | MALFORMED
          1e3                  | MALFORMED
          1 000                | MALFORMED
          ٣                    | MALFORMED
          -1                   | OUT_OF_RANGE
          1.0000001            | TOO_PRECISE
          9223372036854.775808 | OUT_OF_RANGE
          18446744073710       | OUT_OF_RANGE
          18446744073709551617 | OUT_OF_RANGE
          """)
  void rejects_what_is_no_scaled_integer(String text, InvalidValueException.Reason reason) {
    assertThatThrownBy(() -> Decimals.parseScaled("n", text, 6, 0, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            InvalidValueException.class,
            rejection -> assertThat(rejection.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "13", "999999999999", "1000000000000", "1E+3", "2.5", "9223372036854"})
  void converts_numbers_to_the_exact_scaled_integer(String number) {
    assertThat(Decimals.toScaled("n", new BigDecimal(number), 6, 0, Long.MAX_VALUE))
        .isEqualTo(new BigDecimal(number).movePointRight(6).longValueExact());
  }

  @Test
  void rejects_a_number_beyond_the_range_of_a_long() {
    assertThatThrownBy(
            () -> Decimals.toScaled("n", new BigDecimal("9223372036855"), 6, 0, Long.MAX_VALUE))
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        9,
        10,
        99,
        100,
        105,
        1_050,
        12_500_000,
        999_999,
        1_000_000,
        -1,
        -10,
        -99,
        -100,
        -1_234_500,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void formats_with_the_minimum_of_decimal_places(long unscaled) {
    for (int places = 0; places <= 6; places++) {
      for (int minPlaces = 0; minPlaces <= places; minPlaces++) {
        BigDecimal value = BigDecimal.valueOf(unscaled, places).stripTrailingZeros();
        assertThat(Decimals.toPlainString(unscaled, places, minPlaces))
            .isEqualTo(value.setScale(Math.max(value.scale(), minPlaces)).toPlainString());
      }
    }
  }
}
