package kassa.domain.money;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency JPY = Currency.getInstance("JPY");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          USD,                 9000,                    90.00
          USD,                    0,                     0.00
          USD,                    1,                     0.01
          USD,                   -1,                    -0.01
          USD,  9223372036854775807,     92233720368547758.07
          USD, -9223372036854775808,    -92233720368547758.08
          JPY,                 1050,                     1050
          JPY,                    0,                        0
          JPY,  9223372036854775807,      9223372036854775807
          BHD,                 1050,                    1.050
          BHD,                    7,                    0.007
          CLF,                12345,                   1.2345
          CLF,                    0,                   0.0000
          """)
  void formats_with_the_decimal_places_of_its_currency(
      Currency currency, long minorUnits, String text) {
    Money money = new Money(minorUnits, currency);

    assertThat(money.toPlainString()).isEqualTo(text);
    assertThat(money).hasToString(text + " " + currency);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          90.00,                USD, 9000
          90,                   USD, 9000
          0.010000,             USD, 1
          -0,                   USD, 0
          0.0000000001,         USD, TOO_PRECISE
          0.001,                USD, TOO_PRECISE
          92233720368547758.07, USD, 9223372036854775807
          92233720368547758.08, USD, OUT_OF_RANGE
          -0.01,                USD, OUT_OF_RANGE
          -0.001,               USD, OUT_OF_RANGE
          1050,                 JPY, 1050
          1050.0,               JPY, 1050
          1050.5,               JPY, TOO_PRECISE
          9223372036854775808,  JPY, OUT_OF_RANGE
          0.007,                BHD, 7
          1.2345,               CLF, 12345
          1e2,                  USD, MALFORMED
          '1,00',               USD, MALFORMED
          '',                   USD, MALFORMED
          1,                    XXX, UNKNOWN_CURRENCY
          """)
  void parses_a_decimal_with_at_most_the_decimal_places_of_its_currency(
      String text, Currency currency, String result) {
    if (result.matches("[0-9]+")) {
      assertThat(Money.parse("amount", text, currency))
          .isEqualTo(new Money(Long.parseLong(result), currency));
    } else {
      assertRejected(Reason.valueOf(result), () -> Money.parse("amount", text, currency));
    }
  }

  @Test
  void names_the_amount_and_its_range_in_the_message() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Money.parse("expectedTotal", "-1", USD))
        .withMessage("expectedTotal must be from 0 to 92233720368547758.07");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Money.parse("expectedTotal", "1.005", USD))
        .withMessage("expectedTotal must have at most 2 decimal places");
  }

  @ParameterizedTest
  @ValueSource(strings = {"XXX", "XAU", "XTS", "XDR"})
  void rejects_a_currency_without_minor_unit(Currency currency) {
    assertRejected(Reason.UNKNOWN_CURRENCY, () -> new Money(1, currency));
    assertRejected(Reason.UNKNOWN_CURRENCY, () -> Money.zero(currency));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
           0, true,  false
           1, false, false
          -1, false, true
          """)
  void is_zero_and_is_negative(long minorUnits, boolean zero, boolean negative) {
    Money money = new Money(minorUnits, USD);

    assertThat(money.isZero()).isEqualTo(zero);
    assertThat(money.isNegative()).isEqualTo(negative);
  }

  @Test
  void zero_has_its_currency() {
    assertThat(Money.zero(JPY)).isEqualTo(new Money(0, JPY)).isNotEqualTo(Money.zero(USD));
  }

  @Test
  void rejects_arithmetic_across_currencies() {
    Money dollars = new Money(1, USD);
    Money yen = new Money(1, JPY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> dollars.plus(yen))
        .isNotInstanceOf(InvalidValueException.class)
        .withMessageContainingAll("USD", "JPY");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dollars.minus(yen))
        .isNotInstanceOf(InvalidValueException.class);
  }

  @Test
  void throws_on_overflow() {
    Money max = new Money(Long.MAX_VALUE, USD);
    Money min = new Money(Long.MIN_VALUE, USD);
    Money cent = new Money(1, USD);

    assertThat(max.minus(cent).plus(cent)).isEqualTo(max);
    assertThat(min.plus(cent).minus(cent)).isEqualTo(min);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> max.plus(cent));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> min.minus(cent));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Money.zero(USD).minus(min));
  }

  @Test
  void sums_and_differences_are_exact_or_overflow() {
    record Pair(long left, long right) {}
    CaseGenerator<Pair> pairs =
        new CaseGenerator<>(
            random -> new Pair(anyLong(random), anyLong(random)),
            pair ->
                Stream.of(new Pair(pair.left() / 2, pair.right()), new Pair(pair.left(), 0))
                    .filter(simpler -> !simpler.equals(pair)));

    PropertyCheck.forAll(
        1_000,
        pairs,
        pair -> {
          Money left = new Money(pair.left(), USD);
          Money right = new Money(pair.right(), USD);
          BigInteger exactLeft = BigInteger.valueOf(pair.left());
          BigInteger exactRight = BigInteger.valueOf(pair.right());
          assertExactOrRefused(exactLeft.add(exactRight), () -> left.plus(right));
          assertExactOrRefused(exactLeft.subtract(exactRight), () -> left.minus(right));
        });
  }

  private static long anyLong(RandomGenerator random) {
    return CaseGenerator.oneOf(random, List.of(1L, -1L))
        * CaseGenerator.anyMagnitude(random, Long.MAX_VALUE);
  }

  private static void assertExactOrRefused(BigInteger exact, Supplier<Money> sum) {
    if (exact.bitLength() < Long.SIZE) {
      assertThat(sum.get().minorUnits()).isEqualTo(exact.longValueExact());
    } else {
      assertThatExceptionOfType(ArithmeticException.class).isThrownBy(sum::get);
    }
  }
}
