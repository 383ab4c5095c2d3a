package kassa.domain.pricing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explanation of an eligible rule without discount. */
class NoEffectReasonTest {

  private static final String CART = "2 x 10.00 A #t; 1.5 x 4.00 B #u; 1 x 0.50 C; ship 0.00 post";

  private static String explain(String cart, String... rules) {
    Quote quote =
        Pricing.price(
            PricingRequest.of(RuleDsl.cart(cart), TestRules.AT), TestRules.fromText(rules));
    return switch (quote.trace().getLast().outcome()) {
      case RuleOutcome.Applied _ -> "applied";
      case RuleOutcome.Skipped skipped ->
          skipped.reason()
              + " "
              + skipped.path()
              + " expects "
              + skipped.expected()
              + ", found "
              + skipped.found();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # effect                                                                                    | path under /effects/0, expected and found
          type: 'tiered_quantity', tiers: [{from: 3, percent: '1'}, {from: 9, percent: '2'}]          | /tiers/0/from expects at least 3, found 2
          type: 'tiered_quantity', tiers: [{from: 3, percent: '1'}], target: {skus: ['B']}            | /tiers/0/from expects at least 3, found 1.5
          type: 'tiered_quantity', tiers: [{from: 5, percent: '1'}], scope: 'target_total'            | /tiers/0/from expects at least 5, found 4.5
          type: 'tiered_quantity', tiers: [{from: 3, percent: '1'}], target: {skus: ['X']}            | /target expects a line that matches the target, found null
          type: 'tiered_order_amount', tiers: [{from: '26.51', percent: '1'}]                         | /tiers/0/from expects at least 26.51, found 26.50
          type: 'tiered_order_amount', tiers: [{from: '26.50', percent: '0.01'}]                      | " expects an amount to discount, found null"
          type: 'percent_off_order', percent: '1', target: {tags: ['x']}                              | /target expects a line that matches the target, found null
          type: 'amount_off_order', amount: '1', target: {tags: ['x']}                                | /target expects a line that matches the target, found null
          type: 'percent_off_units', percent: '1', target: {tags: ['x']}                              | /target expects a line that matches the target, found null
          type: 'amount_off_units', amount: '1', target: {tags: ['x']}                                | /target expects a line that matches the target, found null
          type: 'amount_off_line', amount: '1', target: {tags: ['x']}                                 | /target expects a line that matches the target, found null
          type: 'fixed_unit_price', unitPrice: '1', target: {tags: ['x']}                             | /target expects a line that matches the target, found null
          type: 'fixed_unit_price', unitPrice: '10'                                                   | /unitPrice expects a unit that costs more, found null
          type: 'percent_off_units', percent: '0.1', target: {skus: ['C']}                              | " expects an amount to discount, found null"
          type: 'quantity_group', size: 5, percent: '1'                                               | /size expects at least 5, found 4
          type: 'nth_unit_percent', n: 3, percent: '1'                                                | /n expects at least 3, found 2
          type: 'buy_x_get_y', buyQuantity: 5, getQuantity: 1, percent: '1'                           | /buyQuantity expects at least 5, found 4
          type: 'buy_x_get_y', buyQuantity: 4, getQuantity: 1, percent: '1'                           | /getQuantity expects more units than those bought, found null
          type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '1', buyTarget: {skus: ['X']} | /buyTarget expects a line that matches the target, found null
          type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '1', getTarget: {skus: ['X']} | /getTarget expects a line that matches the target, found null
          type: 'bundle_price', skus: {A: 2, B: 2}, price: '1'                                        | /skus/B expects at least 2, found 1
          type: 'bundle_price', skus: {'A/b~': 1}, price: '1'                                         | /skus/A~1b~0 expects at least 1, found 0
          type: 'bundle_price', tags: {t: 3}, price: '1'                                              | /tags/t expects at least 3, found 2
          type: 'bundle_price', tags: {t: 2}, price: '20'                                             | /price expects a set whose parts cost more, found null
          type: 'free_gift', sku: 'G', unitPrice: '1', perUnitOfSku: 'X'                              | /perUnitOfSku expects at least 1, found 0
          type: 'percent_off_shipping', percent: '1'                                                  | " expects shipping costs above zero, found 0.00"
          type: 'amount_off_shipping', amount: '1'                                                    | " expects shipping costs above zero, found 0.00"
          """)
  void explains_what_the_first_effect_lacks(String effect, String expected) {
    assertThat(explain(CART, "{effects: [{" + effect + "}]}"))
        .isEqualTo("NO_EFFECT /effects/0" + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          type: 'percent_off_shipping', percent: '1'           | " expects shipping costs above zero, found null"
          type: 'percent_off_items_and_shipping', percent: '1' | " expects an amount to discount, found null"
          type: 'quantity_group', size: 2, percent: '1' | " expects an amount to discount, found null"
          type: 'nth_unit_percent', n: 2, percent: '1' | " expects an amount to discount, found null"
          type: 'tiered_quantity', tiers: [{from: 2, percent: '1'}] | " expects an amount to discount, found null"
          type: 'tiered_quantity', scope: 'target_total', tiers: [{from: 2, percent: '1'}] | " expects an amount to discount, found null"
          type: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, percent: '1' | /getQuantity expects more units than those bought, found null
          type: 'percent_off_order', percent: '1'              | " expects an amount to discount, found null"
          type: 'tiered_order_amount', tiers: [{from: '1', percent: '1'}] | /tiers/0/from expects at least 1, found 0.00
          """)
  void explains_that_earlier_rules_left_nothing(String effect, String expected) {
    String all = "{effects: [{type: 'percent_off_units', percent: '100'}]}";

    assertThat(explain("2 x 10.00 A", all, "{effects: [{" + effect + "}]}"))
        .isEqualTo("NO_EFFECT /effects/0" + expected);
  }
}
