package kassa.domain.money;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # text,      micros,              formatted,     places
          0,           0,                   0,             0
          12.50,       12500000,            12.5,          1
          12,          12000000,            12,            0
          0.000001,    1,                   0.000001,      6
          100,         100000000,           100,           0
          1000000000000, 1000000000000000000, 1000000000000, 0
          """)
  void is_exact_to_six_places(String text, long micros, String formatted, int places) {
    Amount amount = Amount.parse("amount", text);

    assertThat(amount).isEqualTo(new Amount(micros)).hasToString(formatted);
    assertThat(amount.decimalPlaces()).isEqualTo(places);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1_000_000_000_000_000_001L, Long.MAX_VALUE})
  void accepts_zero_to_10_to_the_12(long micros) {
    assertRejected(Reason.OUT_OF_RANGE, () -> new Amount(micros));
  }

  @Test
  void rejects_seven_decimal_places() {
    assertRejected(Reason.TOO_PRECISE, () -> Amount.parse("amount", "0.0000001"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # amount, currency, floor, ceiling, fits
          1.25,     USD,      125,   125,     true
          1.255,    USD,      125,   126,     false
          1.255,    BHD,      1255,  1255,    true
          1.25,     JPY,      1,     2,       false
          3,        JPY,      3,     3,       true
          0.000001, USD,      0,     1,       false
          0,        USD,      0,     0,       true
          """)
  void converts_to_minor_units(
      String text, Currency currency, long floor, long ceiling, boolean fits) {
    Amount amount = Amount.parse("amount", text);

    assertThat(amount.floor(currency)).isEqualTo(floor);
    assertThat(amount.ceiling(currency)).isEqualTo(ceiling);
    assertThat(amount.fits(currency)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # amount, thousandths, currency, minor units
          0.0025,   4000,        USD,      1
          0.0025,   1999,        USD,      0
          0.0025,   2000,        USD,      1
          1.50,     2500,        USD,      375
          1.50,     2500,        JPY,      4
          1.5,      1,           BHD,      2
          0,        1000000000,  USD,      0
          2000000,  10000000000, USD,      2000000000000000
          # The result is capped at 2 x 10^18: here exactly that, nearly that, and far more.
          1000000000000, 20000000,            USD, 2000000000000000000
          1000000000000, 19999999,            USD, 1999999900000000000
          1000000000000, 20000001,            USD, 2000000000000000000
          1000000000000, 200000000,           USD, 2000000000000000000
          1000000000000, 10000000000,         JPY, 2000000000000000000
          1000000000000, 9223372036854775807, BHD, 2000000000000000000
          """)
  void is_multiplied_and_rounded_once_and_never_overflows(
      String amount, long thousandths, Currency currency, long minorUnits) {
    assertThat(Amount.parse("amount", amount).times(thousandths, currency)).isEqualTo(minorUnits);
  }

  @Test
  void sorts_by_size() {
    assertThat(new Amount(1)).isLessThan(new Amount(2)).isEqualByComparingTo(new Amount(1));
  }
}
