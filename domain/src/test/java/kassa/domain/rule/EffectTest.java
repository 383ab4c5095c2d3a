package kassa.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.money.Amount;
import kassa.domain.testing.RuleDsl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # effect                                                        | most precise fixed amount
          type: 'percent_off_order', percent: '10'                        |
          type: 'percent_off_order', percent: '10', maxAmount: '1.5'      | 1.5
          type: 'amount_off_order', amount: '2.25'                        | 2.25
          type: 'amount_off_line', amount: '3'                            | 3
          type: 'amount_off_shipping', amount: '4'                        | 4
          type: 'amount_off_items_and_shipping', amount: '5'              | 5
          # Amounts per unit are rounded together, so the currency need not represent them.
          type: 'amount_off_units', amount: '0.0025'                      |
          type: 'fixed_unit_price', unitPrice: '0.0025'                   |
          # The first amount with the most decimal places.
          type: 'tiered_order_amount', tiers: [{from: '1', amount: '0.25'}, {from: '2', amount: '0.5'}]  | 0.25
          type: 'tiered_order_amount', tiers: [{from: '1', amount: '0.5'}, {from: '2', amount: '0.75'}]  | 0.75
          type: 'tiered_order_amount', tiers: [{from: '1', amount: '0.25'}, {from: '2', amount: '0.75'}] | 0.25
          type: 'tiered_order_amount', tiers: [{from: '1', percent: '0.25'}]                             |
          """)
  void most_precise_fixed_amount_of_each_effect(String effect, @Nullable String amount) {
    Amount mostPrecise =
        RuleDsl.rule("r1", "{" + effect + "}")
            .definition()
            .effects()
            .getFirst()
            .mostPreciseFixedAmount();

    assertThat(mostPrecise == null ? null : mostPrecise.toString()).isEqualTo(amount);
  }
}
