package kassa.domain.money;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1,               1000, 1
          10,             10000, 10
          10.000,         10000, 10
          2.25,            2250, 2.25
          0.001,              1, 0.001
          0.010,             10, 0.01
          1000000,   1000000000, 1000000
          999999.999, 999999999, 999999.999
          1.000000000000000000000000000000, 1000, 1
          """)
  void has_three_decimal_places_and_no_trailing_zeros(
      String text, long thousandths, String formatted) {
    Quantity quantity = Quantity.parse(text);

    assertThat(quantity).isEqualTo(new Quantity(thousandths)).hasToString(formatted);
    assertThat(quantity.toBigDecimal()).isEqualTo(new BigDecimal(formatted));
    assertThat(Quantity.of(new BigDecimal(text))).isEqualTo(quantity);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.000", "-0", "-1", "-0.001", "1000000.001", "1000001"})
  void is_above_zero_and_at_most_a_million(String text) {
    assertRejected(Reason.OUT_OF_RANGE, () -> Quantity.parse(text));
    assertRejected(Reason.OUT_OF_RANGE, () -> Quantity.of(new BigDecimal(text)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void is_above_zero_and_at_most_a_million_in_thousandths(long thousandths) {
    assertRejected(Reason.OUT_OF_RANGE, () -> new Quantity(thousandths));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void rejects_whole_numbers_out_of_range(long whole) {
    assertRejected(Reason.OUT_OF_RANGE, () -> Quantity.of(whole));
  }

  @Test
  void accepts_whole_numbers_from_one_to_a_million() {
    assertThat(Quantity.of(1)).isEqualTo(new Quantity(1_000));
    assertThat(Quantity.of(1_000_000)).isEqualTo(new Quantity(Quantity.MAX_THOUSANDTHS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0015", "1.0001", "999999.9999"})
  void rejects_four_decimal_places(String text) {
    assertRejected(Reason.TOO_PRECISE, () -> Quantity.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1.", ".5", "+1", "1e1", " 1", "1 ", "ten", "\u0661", "1,5"})
  void rejects_text_that_is_not_a_plain_decimal(String text) {
    assertRejected(Reason.MALFORMED, () -> Quantity.parse(text));
  }

  @ParameterizedTest
  @MethodSource({
    "kassa.domain.money.HostileDecimals#tooLarge",
    "kassa.domain.money.HostileDecimals#tooSmall",
    "kassa.domain.money.HostileDecimals#zeros"
  })
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void rejects_decimals_with_huge_exponents_quickly(BigDecimal value) {
    assertRejected(Reason.OUT_OF_RANGE, () -> Quantity.of(value));
  }

  @ParameterizedTest
  @MethodSource("kassa.domain.money.HostileDecimals#tooPrecise")
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void rejects_decimals_with_huge_precision_quickly(BigDecimal value) {
    assertRejected(Reason.TOO_PRECISE, () -> Quantity.of(value));
  }

  @Test
  void sorts_by_size() {
    assertThat(Quantity.parse("9.999")).isLessThan(Quantity.of(10));
    assertThat(Quantity.of(10)).isGreaterThan(Quantity.parse("9.999"));
    assertThat(Quantity.parse("10.000")).isEqualByComparingTo(Quantity.of(10));
  }

  @Test
  void round_trips_through_text() {
    CaseGenerator<Long> thousandths =
        new CaseGenerator<>(
            random -> Math.max(1, CaseGenerator.anyMagnitude(random, Quantity.MAX_THOUSANDTHS)),
            value -> CaseGenerator.closerNumbers(1, value));

    PropertyCheck.forAll(
        1_000,
        thousandths,
        value -> {
          Quantity quantity = new Quantity(value);
          assertThat(Quantity.parse(quantity.toString())).isEqualTo(quantity);
          assertThat(Quantity.of(quantity.toBigDecimal())).isEqualTo(quantity);
        });
  }
}
