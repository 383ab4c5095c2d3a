package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static kassa.domain.testing.TestQuotes.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleOutcomeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                     | effect                                                  | lines         | shipping | all
          1 x 10; 1 x 20; ship 5     | {type: 'percent_off_shipping', percent: '50'}           | ""            | 2.50     | 2.50
          1 x 10; 1 x 20; ship 5     | {type: 'percent_off_items_and_shipping', percent: '10'} | 0 1.00, 1 2.00 | 0.50    | 3.50
          1 x 10 A; 1 x 20 B; ship 5 | {type: 'amount_off_line', amount: '3', target: {skus: ['B']}} | 1 3.00   | 0.00     | 3.00
          """)
  void reports_the_discount_per_line_and_of_shipping(
      String cart, String effect, String lines, String shipping, String all) {
    assertThat(TestQuotes.of(cart, effect).trace().getFirst().outcome())
        .isInstanceOfSatisfying(
            RuleOutcome.Applied.class,
            applied -> {
              assertThat(
                      applied.lines().stream()
                          .map(share -> share.line() + " " + share.amount().toPlainString())
                          .collect(Collectors.joining(", ")))
                  .isEqualTo(lines);
              assertThat(applied.shipping().toPlainString()).isEqualTo(shipping);
              assertThat(applied.amount().toPlainString()).isEqualTo(all);
            });
  }

  @Test
  void skips_a_rule_without_discount_with_no_effect() {
    assertThat(outcomes(TestQuotes.of("1 x 10", "{type: 'percent_off_shipping', percent: '50'}")))
        .isEqualTo("no_effect");
  }

  @Test
  void does_not_retry_an_exclusive_rule_after_the_others() {
    Quote quote =
        TestQuotes.of(
            "1 x 100",
            "{type: 'percent_off_order', percent: '30'} ;;"
                + "{exclusive: true, when: {maxSubtotal: '80'},"
                + " effects: [{type: 'percent_off_order', percent: '10'}]}");

    assertThat(outcomes(quote)).isEqualTo("r1 conditions_not_met");
    assertThat(discounts(quote)).isEqualTo("30.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
            10 | one of S0, S1, S2, S3, S4, S5, S6, S7, S8, S9
            11 | one of S0, S1, S10, S2, S3, S4, S5, S6, S7, S8 and 1 more
          """)
  void explains_at_most_ten_values_of_a_condition(int count, String expected) {
    String skus =
        IntStream.range(0, count)
            .mapToObj(number -> "'S" + number + "'")
            .collect(Collectors.joining(", "));
    Quote quote =
        TestQuotes.of(
            "1 x 10",
            "{when: {containsAnySku: ["
                + skus
                + "]}, effects: [{type: 'percent_off_order', percent: '10'}]}");

    assertThat(quote.trace().getFirst().outcome())
        .isInstanceOfSatisfying(
            RuleOutcome.Skipped.class,
            skipped -> assertThat(skipped.expected()).isEqualTo(expected));
  }
}
