package kassa.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {

  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private record Fraction(long a, long b, long divisor) {

    long rounded() {
      return Rounding.multiplyAndDivide(a, b, divisor);
    }

    BigDecimal expected() {
      return BigDecimal.valueOf(a)
          .multiply(BigDecimal.valueOf(b))
          .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP);
    }

    Stream<Fraction> simplerCases() {
      return Stream.of(
              CaseGenerator.closerNumbers(0, a).map(simpler -> new Fraction(simpler, b, divisor)),
              CaseGenerator.closerNumbers(0, b).map(simpler -> new Fraction(a, simpler, divisor)),
              CaseGenerator.closerNumbers(1, divisor).map(simpler -> new Fraction(a, b, simpler)))
          .flatMap(Function.identity());
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
                            0,                   0,                   1,                   0
                            0, 9223372036854775807,                   1,                   0
                            4,                   1,                  10,                   0
                            5,                   1,                  10,                   1
                           14,                   1,                  10,                   1
                           15,                   1,                  10,                   2
                           25,                   1,                  10,                   3
                            1,                   1,                   2,                   1
                            1,                   1,                   3,                   0
                            2,                   1,                   3,                   1
                            7,                   1,                   1,                   7
          9223372036854775807,                   1,                   1, 9223372036854775807
          9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807
          9223372036854775807,                   1, 9223372036854775807,                   1
          4611686018427387903,                   1, 9223372036854775807,                   0
          4611686018427387904,                   1, 9223372036854775807,                   1
          9223372036854775807,                   3,                   6, 4611686018427387904
          3037000500,                   3037000500,                   2, 4611686018500125000
          4294967296,                   4294967296,          8589934592,          2147483648
          """)
  void rounds_half_up(long a, long b, long divisor, long expected) {
    assertThat(Rounding.multiplyAndDivide(a, b, divisor)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          9223372036854775807, 9223372036854775807,                   1
          9223372036854775807,                   2,                   1
          # 9223372036854775807.5: rounded up, it does not fit either.
          6148914691236517205,                   3,                   2
          """)
  void throws_if_the_result_does_not_fit_a_long(long a, long b, long divisor) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Rounding.multiplyAndDivide(a, b, divisor));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          -1,  1,  1
           1, -1,  1
           1,  1,  0
           1,  1, -1
          """)
  void rejects_negative_operands_and_a_zero_divisor(long a, long b, long divisor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rounding.multiplyAndDivide(a, b, divisor));
  }

  @Test
  void agrees_with_big_decimal_on_numbers_of_any_magnitude() {
    PropertyCheck.forAll(
        5_000, fractions(RoundingTest::anyFraction), RoundingTest::assertAgreesWithBigDecimal);
  }

  @Test
  void agrees_with_big_decimal_near_the_limits() {
    PropertyCheck.forAll(
        2_000,
        fractions(RoundingTest::fractionNearLimits),
        RoundingTest::assertAgreesWithBigDecimal);
  }

  @Test
  void agrees_with_big_decimal_on_and_near_ties() {
    PropertyCheck.forAll(
        2_000, fractions(RoundingTest::fractionNearTie), RoundingTest::assertAgreesWithBigDecimal);
  }

  private static void assertAgreesWithBigDecimal(Fraction fraction) {
    BigDecimal expected = fraction.expected();
    if (expected.compareTo(MAX_LONG) <= 0) {
      assertThat(fraction.rounded()).isEqualTo(expected.longValueExact());
    } else {
      assertThatExceptionOfType(ArithmeticException.class).isThrownBy(fraction::rounded);
    }
  }

  private static CaseGenerator<Fraction> fractions(Function<RandomGenerator, Fraction> generator) {
    return new CaseGenerator<>(generator, Fraction::simplerCases);
  }

  private static Fraction anyFraction(RandomGenerator random) {
    return new Fraction(
        CaseGenerator.anyMagnitude(random, Long.MAX_VALUE),
        CaseGenerator.anyMagnitude(random, Long.MAX_VALUE),
        Math.max(1, CaseGenerator.anyMagnitude(random, Long.MAX_VALUE)));
  }

  /** A result near {@code Long.MAX_VALUE}, from factors near powers of two. */
  private static Fraction fractionNearLimits(RandomGenerator random) {
    long a = (1L << random.nextInt(32, 63)) - random.nextLong(-3, 4);
    long b = (1L << random.nextInt(31, 63)) - random.nextLong(-3, 4);
    BigDecimal divisor =
        BigDecimal.valueOf(a)
            .multiply(BigDecimal.valueOf(b))
            .divide(MAX_LONG, 0, RoundingMode.DOWN)
            .add(BigDecimal.valueOf(random.nextLong(-2, 3)));
    return new Fraction(a, b, divisor.max(BigDecimal.ONE).min(MAX_LONG).longValueExact());
  }

  /** {@code odd / 2}, expanded by a common factor, with a deviation of up to one. */
  private static Fraction fractionNearTie(RandomGenerator random) {
    long odd = 2 * random.nextLong(1 << 20) + 1;
    long factor = Math.max(1, CaseGenerator.anyMagnitude(random, 1L << 40));
    return new Fraction(odd * factor + random.nextLong(-1, 2), 1, 2 * factor);
  }
}
