package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitRunTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # thousandths, gross, discount, units
          1,             0,     0,        1
          999,           5,     5,        1
          1000,          5,     0,        1
          2000,          5,     4,        2
          1000000,       5,     5,        1000
          """)
  void holds_whole_units_or_one_fractional_unit(
      long thousandths, long gross, long discount, long units) {
    assertThat(new UnitRun(thousandths, gross, discount).units()).isEqualTo(units);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # thousandths, gross, discount
          0,             5,     0
          -1000,         5,     0
          1001,          5,     0
          2500,          5,     0
          1000,         -1,     0
          1000,          5,    -1
          1000,          5,     6
          """)
  void rejects_inconsistent_unit_runs(long thousandths, long gross, long discount) {
    assertRejected(Reason.OUT_OF_RANGE, () -> new UnitRun(thousandths, gross, discount));
  }

  @Test
  void remainder_of_an_equal_split_goes_to_the_first_units() {
    UnitRun run = new UnitRun(3_000, 1_000, 5);

    assertThat(new long[] {run.grossOfFirst(0), run.grossOfFirst(1), run.grossOfFirst(2)})
        .containsExactly(0, 334, 667);
    assertThat(new long[] {run.discountOfFirst(1), run.discountOfFirst(2), run.discountOfFirst(3)})
        .containsExactly(2, 4, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cart                         | price of the whole units and of the fractional unit, in cents
            2.5 x 10.00                  | 2000 500
            2.999 x 0.01                 | 3 0
          # The product of amount and part overflows a long.
            20000.5 x 10000000000.00     | 20000000000000000 500000000000
            999999.5 x 10000000000.00    | 999999000000000000 500000000000
          """)
  void a_line_sold_by_weight_ends_with_a_fractional_unit(String cart, String cents) {
    PricedLine line =
        TestQuotes.of(cart, "{type: 'percent_off_order', percent: '0'}").price().lines().getFirst();

    assertThat(line.unitRuns())
        .extracting(UnitRun::gross)
        .containsExactly(
            Long.valueOf(cents.substring(0, cents.indexOf(' '))),
            Long.valueOf(cents.substring(cents.indexOf(' ') + 1)));
  }

  @Test
  void a_fractional_unit_gets_its_share_of_the_discount() {
    Quote quote = TestQuotes.of("2.5 x 10.00", "{type: 'percent_off_order', percent: '10'}");

    assertThat(TestQuotes.unitDiscounts(quote, 0)).isEqualTo("1.00 1.00 0.50");
  }
}
