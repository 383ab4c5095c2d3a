package kassa.domain.pricing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tax that is rounded per unit, for units with different prices. */
class TaxCalculationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cart                    | off  | tax
          # 0.04 and three times 0.03, with a tax of 0.016 and 0.012.
          4 x 0.0325 tax=40         | 0    | 0.05
          # Three times 0.08 and once 0.09, with a tax of 0.0048 and 0.0054.
          4 x 0.10 tax=6            | 0.07 | 0.01
          # 0.11 - 0.02, 0.10 - 0.02, and twice 0.10 - 0.01: the tax is 0.0054, but once 0.0048.
          4 x 0.1025 tax=6          | 0.06 | 0.03
          # Half of 0.02 each.
          4 x 0.02 tax=100; gross   | 0    | 0.04
          # The fractional unit costs 0.05 with a tax of 0.005; the tax of a whole unit is 0.01.
          2.5 x 0.10 tax=10         | 0    | 0.03
          """)
  void line_tax_is_the_sum_of_unit_taxes(String cart, String off, String tax) {
    String rule = "{type: 'amount_off_order', amount: '" + off + "'}";

    assertThat(TestQuotes.of(cart, rule, "{taxRoundAt: 'unit'}").price().taxTotal().toPlainString())
        .isEqualTo(tax);
  }
}
