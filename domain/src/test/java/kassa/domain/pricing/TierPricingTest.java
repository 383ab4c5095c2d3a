package kassa.domain.pricing;

import static kassa.domain.pricing.Quotes.off;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.rule.AmountTier;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Reduction;
import kassa.domain.testing.Rules;
import kassa.domain.testing.Written;
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
          # 1.00 of 10.00 has come off, so that each unit costs 0.90: five of it, and five of 0.45.
          10 x 1        | {from: 6, percent: '50'}                      | 3.25
          # Five of 0.90, and five of 0.70.
          10 x 1        | {from: 6, amountPerUnit: '0.20'}              | 2.00
          # Five of 0.90, and five of 0.80.
          10 x 1        | {from: 6, unitPrice: '0.80'}                  | 1.50
          10 x 1        | {from: 6, unitPrice: '0.95'}                  | 1.00
          # 2.25 are left of 2.50: two of 0.90 and half of one of 0.45 are 2.025.
          2.5 x 1       | {from: 3, percent: '50'}                      | 0.47
          """)
  void each_unit_pays_its_own_tier_of_what_the_rules_before_have_left(
      String cart, String tiers, String off) {
    String tenPercent = "{type: 'percent_off_order', percent: '10'} ;;";

    assertThat(off(Quotes.of(cart, tenPercent + graduated(tiers)))).isEqualTo(off);
  }

  @Test
  void a_price_below_the_minor_unit_is_rounded_only_for_the_line() {
    // Half of 0.149 is 0.0745, so that 0.07 of 0.15 are paid.
    assertThat(off(Quotes.of("10 x 0.0149", graduated("{from: 1, percent: '50'}"))))
        .isEqualTo("0.08");
  }

  @Test
  void the_order_costs_what_the_tier_says_that_it_reaches() {
    Effect eighty =
        new Effect.TieredOrderAmount(
            List.of(
                new AmountTier(
                    Amount.parse("from", "90"),
                    new Reduction.PriceOf(Amount.parse("price", "80")),
                    null)));
    RuleSet rules = Rules.of(Rules.rule(1, 1, eighty));

    assertThat(Rules.price(Written.cart("1 x 75; 1 x 25"), rules).total().toPlainString())
        .isEqualTo("80.00");
    assertThat(Rules.price(Written.cart("1 x 75"), rules).total().toPlainString())
        .isEqualTo("75.00");
  }
}
