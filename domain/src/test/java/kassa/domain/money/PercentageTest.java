package kassa.domain.money;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.stream.Stream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentageTest {

  private static final Currency USD = Currency.getInstance("USD");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0,             0, 0
          10,       100000, 10
          12.5,     125000, 12.5
          12.50,    125000, 12.5
          0.0001,        1, 0.0001
          99.9999,  999999, 99.9999
          100,     1000000, 100
          100.0000, 1000000, 100
          """)
  void is_exact_to_four_places(String text, long tenThousandths, String formatted) {
    assertThat(Percentage.parse(text))
        .isEqualTo(new Percentage(tenThousandths))
        .hasToString(formatted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.0001", "-1", "100.0001", "101", "999999999999999999999999999999"})
  void accepts_0_to_100_percent(String text) {
    assertRejected(Reason.OUT_OF_RANGE, () -> Percentage.parse(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void accepts_0_to_100_percent_in_ten_thousandths(long tenThousandths) {
    assertRejected(Reason.OUT_OF_RANGE, () -> new Percentage(tenThousandths));
  }

  @Test
  void rejects_five_decimal_places() {
    assertRejected(Reason.TOO_PRECISE, () -> Percentage.parse("12.50001"));
    assertThat(Percentage.parse("12.50000")).isEqualTo(Percentage.parse("12.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10%", "10 %", "1e1", "+10", ".5", "5.", "ten", "\u0661\u0660"})
  void rejects_text_that_is_not_a_plain_decimal(String text) {
    assertRejected(Reason.MALFORMED, () -> Percentage.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          10,         10000, 1000
          10,             5,    1
          10,             4,    0
          10,            15,    2
          12.5,          36,    5
          12.5,          35,    4
          33.3333,      100,   33
          0.0001,    499999,    0
          0.0001,    500000,    1
          0,     1000000000,    0
          100,          999,  999
          20,     1000000000000000000, 200000000000000000
          99.9999, 9223372036854775807, 9223362813482738952
          """)
  void takes_a_share_rounded_half_up(String percent, long amount, long share) {
    assertThat(Percentage.parse(percent).of(new Money(amount, USD)))
        .isEqualTo(new Money(share, USD));
  }

  @Test
  void rejects_a_share_of_a_negative_amount() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentage.parse("10").of(new Money(-1, USD)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # percent, price, included tax
          19,         1190,  190
          19,            9,    1
          7,           107,    7
          # Half of 1 cent is tax, which is a tie.
          100,           1,    1
          100,           2,    1
          100,           3,    2
          25,            5,    1
          0,          1000,    0
          19,            0,    0
          19,  1190000000000000000, 190000000000000000
          """)
  void contained_in_is_the_tax_included_in_a_price(String percent, long price, long contained) {
    assertThat(Percentage.parse(percent).containedIn(price)).isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "100, 0", "12.5, 87.5", "0.0001, 99.9999"})
  void complement_adds_up_to_100_percent(String percent, String complement) {
    assertThat(Percentage.parse(percent).complement()).isEqualTo(Percentage.parse(complement));
  }

  private record Share(long tenThousandths, long minorUnits) {

    long amount() {
      return new Percentage(tenThousandths).of(new Money(minorUnits, USD)).minorUnits();
    }

    BigDecimal expectedAmount() {
      return BigDecimal.valueOf(minorUnits)
          .multiply(BigDecimal.valueOf(tenThousandths, 6))
          .setScale(0, RoundingMode.HALF_UP);
    }

    Stream<Share> simplerCases() {
      return Stream.concat(
          CaseGenerator.closerNumbers(0, tenThousandths).map(less -> new Share(less, minorUnits)),
          CaseGenerator.closerNumbers(0, minorUnits).map(less -> new Share(tenThousandths, less)));
    }
  }

  @Test
  void share_equals_big_decimal_and_never_exceeds_the_amount() {
    CaseGenerator<Share> shares =
        new CaseGenerator<>(
            random ->
                new Share(
                    CaseGenerator.anyMagnitude(random, 1_000_000),
                    CaseGenerator.anyMagnitude(random, Long.MAX_VALUE)),
            Share::simplerCases);

    PropertyCheck.forAll(
        2_000,
        shares,
        share ->
            assertThat(share.amount())
                .isEqualTo(share.expectedAmount().longValueExact())
                .isBetween(0L, share.minorUnits()));
  }

  @Test
  void error_message_contains_the_given_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentage.parse("taxRate", "101"))
        .withMessage("taxRate must be from 0 to 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentage.parse("taxRate", "much"))
        .withMessage("taxRate must be a plain decimal such as 12.50");
  }
}
