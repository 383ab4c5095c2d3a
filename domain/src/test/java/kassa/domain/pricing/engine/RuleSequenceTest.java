package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static kassa.domain.testing.TestQuotes.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.pricing.Quote;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The remaining amounts that later rules see, after applied and after skipped rules. */
class RuleSequenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart          | rules                                                                | off | outcomes
          # A rule that exceeds its budget changes nothing.
          1 x 100         | {limits: BUDGET, HALF} ;; {when: {minSubtotal: '100'}, ONE}          | 1.00 | budget_exceeded r2
          1 x 100         | {limits: BUDGET, HALF} ;; {when: {maxSubtotal: '99'}, ONE}           | 0.00 | budget_exceeded conditions_not_met
          1 x 100; ship 5 | {limits: BUDGET, NOSHIP} ;; {when: {maxSubtotal: '100'}, ONE}        | 1.00 + 0.00 | budget_exceeded r2
          # The losing rules of a group change nothing.
          1 x 100         | {bestOfGroup: 'g', HALF} ;; {bestOfGroup: 'g', ONE} ;; {when: {minSubtotal: '50'}, ONE} | 51.00 | r1 not_best_offer r3
          1 x 100         | {bestOfGroup: 'g', ONE} ;; {bestOfGroup: 'g', HALF} ;; {when: {maxSubtotal: '50'}, ONE} | 51.00 | not_best_offer r2 r3
          # Shipping is not part of the subtotal.
          1 x 100; ship 5 | {bestOfGroup: 'g', NOSHIP} ;; {bestOfGroup: 'g', NOSHIP} ;; {when: {maxSubtotal: '100'}, ONE} | 1.00 + 5.00 | r1 not_best_offer r3
          1 x 100; ship 5 | {NOSHIP} ;; {when: {minSubtotal: '100'}, ONE}                        | 1.00 + 5.00 | r1 r2
          """)
  void subtotal_conditions_see_remaining_amounts(
      String cart, String rules, String off, String expected) {
    String replaced =
        rules
            .replace("BUDGET", "{budget: {type: 'spend', limit: '0.50'}}")
            .replace("HALF}", "effects: [{type: 'percent_off_order', percent: '50'}]}")
            .replace("NOSHIP}", "effects: [{type: 'percent_off_shipping', percent: '100'}]}")
            .replace("ONE}", "effects: [{type: 'amount_off_order', amount: '1'}]}");
    Quote quote = TestQuotes.of(cart, replaced);

    assertThat(discounts(quote)).isEqualTo(off);
    assertThat(outcomes(quote)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # policy                         | off
          {stackBase: 'original'}          | 20.00 20.00
          {effectBase: 'promotion_start'}  | 19.00 19.00
          {}                               | 19.00 19.00
          """)
  void a_rule_after_a_group_starts_from_the_winner_of_each_line(String policy, String off) {
    String rules =
        "{bestOfGroup: 'g', effects: [{type: 'percent_off_order', percent: '10',"
            + " target: {skus: ['A']}}]} ;;"
            + "{bestOfGroup: 'g', effects: [{type: 'percent_off_order', percent: '10',"
            + " target: {skus: ['B']}}]} ;;"
            + "{type: 'percent_off_order', percent: '10'}";

    assertThat(discounts(TestQuotes.of("1 x 100 A; 1 x 100 B", rules, policy))).isEqualTo(off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Together with the gift the subtotal is 10^18 cents, the maximum of a cart.
            1000000 x 0 A                   | r1
            1000000 x 0 A; ship 5           | r1
            1000000 x 0 A; 1 x 0.01         | no_effect
            1000000 x 0 A; 1 x 0.01; ship 5 | no_effect
          """)
  void a_gift_is_limited_by_the_max_subtotal(String cart, String expected) {
    String gift = "{type: 'free_gift', sku: 'G', unitPrice: '10000000000', perUnitOfSku: 'A'}";

    assertThat(outcomes(TestQuotes.of(cart, gift))).isEqualTo(expected);
  }
}
