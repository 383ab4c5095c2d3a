package kassa.domain.money;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.stream.Stream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.Cases;
import kassa.domain.testing.Law;
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
  void is_exact_to_four_places(String text, long tenThousandths, String written) {
    assertThat(Percentage.parse(text))
        .isEqualTo(new Percentage(tenThousandths))
        .hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.0001", "-1", "100.0001", "101", "999999999999999999999999999999"})
  void is_from_nothing_to_the_whole(String text) {
    assertRefused(Reason.OUT_OF_RANGE, () -> Percentage.parse(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void is_from_nothing_to_the_whole_in_ten_thousandths_too(long tenThousandths) {
    assertRefused(Reason.OUT_OF_RANGE, () -> new Percentage(tenThousandths));
  }

  @Test
  void refuses_a_fifth_place() {
    assertRefused(Reason.TOO_PRECISE, () -> Percentage.parse("12.50001"));
    assertThat(Percentage.parse("12.50000")).isEqualTo(Percentage.parse("12.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10%", "10 %", "1e1", "+10", ".5", "5.", "ten", "\u0661\u0660"})
  void refuses_text_that_is_no_plain_decimal(String text) {
    assertRefused(Reason.MALFORMED, () -> Percentage.parse(text));
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
  void takes_no_share_of_less_than_nothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentage.parse("10").of(new Money(-1, USD)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # percent, price, of which tax
          19,         1190,  190
          19,            9,    1
          7,           107,    7
          # Of 1 cent a half is tax, which is a tie.
          100,           1,    1
          100,           2,    1
          100,           3,    2
          25,            5,    1
          0,          1000,    0
          19,            0,    0
          19,  1190000000000000000, 190000000000000000
          """)
  void a_price_contains_the_tax_that_was_added_to_the_rest(
      String percent, long price, long contained) {
    assertThat(Percentage.parse(percent).containedIn(price)).isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "100, 0", "12.5, 87.5", "0.0001, 99.9999"})
  void its_complement_is_what_is_missing_to_the_whole(String percent, String complement) {
    assertThat(Percentage.parse(percent).complement()).isEqualTo(Percentage.parse(complement));
  }

  private record Share(long tenThousandths, long minorUnits) {

    long amount() {
      return new Percentage(tenThousandths).of(new Money(minorUnits, USD)).minorUnits();
    }

    BigDecimal amountByTheOracle() {
      return BigDecimal.valueOf(minorUnits)
          .multiply(BigDecimal.valueOf(tenThousandths, 6))
          .setScale(0, RoundingMode.HALF_UP);
    }

    Stream<Share> simpler() {
      return Stream.concat(
          Cases.nearer(0, tenThousandths).map(less -> new Share(less, minorUnits)),
          Cases.nearer(0, minorUnits).map(less -> new Share(tenThousandths, less)));
    }
  }

  @Test
  void a_share_is_what_big_decimal_says_and_never_more_than_the_whole() {
    Cases<Share> shares =
        new Cases<>(
            random ->
                new Share(
                    Cases.ofAnyMagnitude(random, 1_000_000),
                    Cases.ofAnyMagnitude(random, Long.MAX_VALUE)),
            Share::simpler);

    Law.holds(
        2_000,
        shares,
        share ->
            assertThat(share.amount())
                .isEqualTo(share.amountByTheOracle().longValueExact())
                .isBetween(0L, share.minorUnits()));
  }

  @Test
  void says_by_its_name_what_is_wrong_with_it() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentage.parse("taxRate", "101"))
        .withMessage("taxRate must be from 0 to 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentage.parse("taxRate", "much"))
        .withMessage("taxRate must be a plain decimal such as 12.50");
  }
}
