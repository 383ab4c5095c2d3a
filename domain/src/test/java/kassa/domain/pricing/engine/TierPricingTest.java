package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.AmountTier;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Reduction;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestQuotes;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierPricingTest {

  private static String graduated(String tiers) {
    return "{type: 'tiered_quantity', mode: 'graduated', tiers: [" + tiers + "]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart        | tiers                                         | off
          # Each unit costs 0.90 after the first rule: five at 0.90, and five at 0.45.
          10 x 1        | {from: 6, percent: '50'}                      | 3.25
          # Five at 0.90, and five at 0.70.
          10 x 1        | {from: 6, amountPerUnit: '0.20'}              | 2.00
          # Five at 0.90, and five at 0.80.
          10 x 1        | {from: 6, unitPrice: '0.80'}                  | 1.50
          10 x 1        | {from: 6, unitPrice: '0.95'}                  | 1.00
          # 2.25 of 2.50 remain: two units at 0.90 and half a unit at 0.45 are 2.025.
          2.5 x 1       | {from: 3, percent: '50'}                      | 0.47
          """)
  void graduated_tiers_apply_per_unit_to_remaining_amounts(String cart, String tiers, String off) {
    String tenPercent = "{type: 'percent_off_order', percent: '10'} ;;";

    assertThat(discounts(TestQuotes.of(cart, tenPercent + graduated(tiers)))).isEqualTo(off);
  }

  @Test
  void rounds_a_sub_minor_unit_price_once_per_line() {
    // Half of 0.149 is 0.0745, so 0.07 of 0.15 remain.
    assertThat(discounts(TestQuotes.of("10 x 0.0149", graduated("{from: 1, percent: '50'}"))))
        .isEqualTo("0.08");
  }

  @Test
  void reached_amount_tier_sets_the_order_price() {
    Effect eighty =
        new Effect.TieredOrderAmount(
            List.of(
                new AmountTier(
                    Amount.parse("from", "90"),
                    new Reduction.FixedPrice(Amount.parse("price", "80")),
                    null)));
    RuleSet rules = TestRules.of(TestRules.rule(1, 1, eighty));

    assertThat(TestRules.price(RuleDsl.cart("1 x 75; 1 x 25"), rules).total().toPlainString())
        .isEqualTo("80.00");
    assertThat(TestRules.price(RuleDsl.cart("1 x 75"), rules).total().toPlainString())
        .isEqualTo("75.00");
  }
}
