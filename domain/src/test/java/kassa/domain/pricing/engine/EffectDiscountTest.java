package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static kassa.domain.testing.TestQuotes.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.rule.Policy;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestCarts;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The discounts of each effect by line, and after a plus that of shipping. */
class EffectDiscountTest {

  private static void assertDiscounts(String cart, String rules, String policy, String off) {
    Quote quote = quote(cart, rules, policy);
    assertThat(discounts(quote)).as("%s", quote.trace()).isEqualTo(off);
  }

  private static Quote quote(String cart, String rules, String policy) {
    return TestQuotes.of(cart, rules, policy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                              | effect                                                    | off
          1 x 10; 1 x 20                      | {type: 'percent_off_order', percent: '10'}                | 1.00 2.00
          3 x 0.05; 1 x 0.10                  | {type: 'percent_off_order', percent: '10'}                | 0.02 0.01
          1 x 10; 1 x 20                      | {type: 'percent_off_order', percent: '50', maxAmount: '6'} | 2.00 4.00
          1 x 10; 1 x 20                      | {type: 'percent_off_order', percent: '50', maxAmount: '15'} | 5.00 10.00
          1 x 10; 1 x 20 #t                   | {type: 'percent_off_order', percent: '50', target: {tags: ['t']}} | 0.00 10.00
          1 x 10; 1 x 20 #t; 1 x 5 #u         | {type: 'percent_off_order', percent: '50', target: {excludeTags: ['t', 'x']}} | 5.00 0.00 2.50
          1 x 10; 1 x 20; 1 x 30              | {type: 'percent_off_order', percent: '50', target: {priceMin: '20', priceMax: '20'}} | 0.00 10.00 0.00
          1 x 10 sale; 1 x 20 list=21; 1 x 30 list=30 | {type: 'percent_off_order', percent: '50', target: {excludeOnSale: true}} | 0.00 0.00 15.00
          1 x 10 A #t; 1 x 20 A; 1 x 30 B #t  | {type: 'percent_off_order', percent: '50', target: {skus: ['A'], tags: ['t']}} | 5.00 0.00 0.00
          1 x 10 A; 1 x 20 B; 1 x 30 C        | {type: 'percent_off_order', percent: '50', target: {skus: ['C', 'A', 'X', 'Y', 'Z']}} | 5.00 0.00 15.00
          1 x 10 #t; 1 x 20 #u; 1 x 30        | {type: 'percent_off_order', percent: '50', target: {tags: ['u', 't', 'x', 'y']}} | 5.00 10.00 0.00
          1 x 10 #t; 1 x 20 #u; 1 x 30        | {type: 'percent_off_order', percent: '50', target: {tags: ['u', 't']}} | 5.00 10.00 0.00
          # The excess over the floor of a line goes to the other lines.
          1 x 10 min=9; 1 x 10                | {type: 'percent_off_order', percent: '50'}                | 1.00 9.00
          1 x 10 min=9; 1 x 10 min=9; 1 x 20  | {type: 'percent_off_order', percent: '50'}                | 1.00 1.00 18.00
          1 x 10 min=9; 1 x 10 min=5          | {type: 'percent_off_order', percent: '50'}                | 1.00 5.00
          2 x 10 min=9.99                     | {type: 'percent_off_order', percent: '50'}                | 0.02
          1 x 10; 1 x 20                      | {type: 'amount_off_order', amount: '6'}                   | 2.00 4.00
          1 x 10; 1 x 10; 1 x 10              | {type: 'amount_off_order', amount: '1'}                   | 0.34 0.33 0.33
          1 x 10; 1 x 20                      | {type: 'amount_off_order', amount: '31'}                  | 10.00 20.00
          1 x 0; 1 x 20                       | {type: 'amount_off_order', amount: '3'}                   | 0.00 3.00
          1 x 0; 1 x 0                        | {type: 'amount_off_order', amount: '3'}                   | 0.00 0.00
          2 x 10; 1 x 5                       | {type: 'percent_off_units', percent: '50'}                | 10.00 2.50
          2 x 10; 2 x 5                       | {type: 'percent_off_units', percent: '50', maxUnits: 3}   | 10.00 2.50
          2 x 10; 2 x 5                       | {type: 'percent_off_units', percent: '50', maxUnits: 3, pick: 'cheapest'} | 5.00 5.00
          2 x 5; 2 x 10                       | {type: 'percent_off_units', percent: '50', maxUnits: 3, pick: 'most_expensive'} | 2.50 10.00
          2 x 5; 2 x 10                       | {type: 'percent_off_units', percent: '50', maxUnitsPerLine: 1} | 2.50 5.00
          3 x 5; 3 x 10                       | {type: 'percent_off_units', percent: '50', maxUnits: 3, maxUnitsPerLine: 2} | 5.00 5.00
          2.5 x 10                            | {type: 'percent_off_units', percent: '50', maxUnits: 3}   | 12.50
          2.5 x 10                            | {type: 'percent_off_units', percent: '50', maxUnits: 2}   | 10.00
          0.5 x 10                            | {type: 'percent_off_units', percent: '50', maxUnits: 1}   | 2.50
          3 x 0.33                            | {type: 'percent_off_units', percent: '50', maxUnits: 2}   | 0.33
          2 x 10; 1 x 2                       | {type: 'amount_off_units', amount: '3'}                   | 6.00 2.00
          2 x 10; 1 x 2                       | {type: 'amount_off_units', amount: '3', maxUnits: 2, pick: 'cheapest'} | 3.00 2.00
          4 x 10                              | {type: 'amount_off_units', amount: '0.0025'}              | 0.01
          3 x 10                              | {type: 'amount_off_units', amount: '0.004', maxUnits: 2}  | 0.01
          2.5 x 10                            | {type: 'amount_off_units', amount: '2', maxUnits: 9}      | 5.00
          2 x 10; 1 x 2                       | {type: 'amount_off_line', amount: '3'}                    | 3.00 2.00
          2 x 10; 1 x 2                       | {type: 'fixed_unit_price', unitPrice: '8'}                | 4.00 0.00
          2 x 10 min=9                        | {type: 'fixed_unit_price', unitPrice: '8'}                | 2.00
          1 x 10; ship 5                      | {type: 'percent_off_shipping', percent: '50'}             | 0.00 + 2.50
          1 x 10; ship 5                      | {type: 'amount_off_shipping', amount: '6'}                | 0.00 + 5.00
          1 x 10; ship 5                      | {type: 'percent_off_items_and_shipping', percent: '10'}   | 1.00 + 0.50
          1 x 10; ship 5                      | {type: 'amount_off_items_and_shipping', amount: '3'}      | 2.00 + 1.00
          1 x 10                              | {type: 'amount_off_items_and_shipping', amount: '3'}      | 3.00
          1 x 10                              | {type: 'amount_off_shipping', amount: '6'}                | 0.00
          """)
  void discounts_of_one_effect(String cart, String effect, String off) {
    assertDiscounts(cart, effect, "{}", off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart       | tiers                                                                          | off
          9 x 1        | tiers: [{from: 10, percent: '10'}]                                              | 0.00
          10 x 1       | tiers: [{from: 10, percent: '10'}]                                              | 1.00
          10 x 1       | tiers: [{from: 10, unitPrice: '0.85'}]                                          | 1.50
          10 x 1       | tiers: [{from: 10, unitPrice: '1.85'}]                                          | 0.00
          10 x 1       | tiers: [{from: 10, amountPerUnit: '0.125'}]                                     | 1.25
          5 x 1; 5 x 2 | tiers: [{from: 10, percent: '10'}]                                              | 0.00 0.00
          5 x 1; 5 x 2 | scope: 'target_total', tiers: [{from: 10, percent: '10'}]                       | 0.50 1.00
          5 x 1; 4 x 2 | scope: 'target_total', tiers: [{from: 10, percent: '10'}]                       | 0.00 0.00
          5 x 1 A; 5 x 2 B; 9 x 1 A | scope: 'target_total', target: {skus: ['A']}, tiers: [{from: 14, percent: '10'}] | 0.50 0.00 0.90
          # Each unit is priced by its own tier.
          9 x 1        | mode: 'graduated', tiers: [{from: 10, percent: '10'}]                           | 0.00
          12 x 1       | mode: 'graduated', tiers: [{from: 10, percent: '10'}]                           | 0.30
          12 x 1       | mode: 'graduated', tiers: [{from: 1, percent: '10'}, {from: 11, percent: '50'}] | 2.00
          12 x 1       | mode: 'graduated', tiers: [{from: 3, unitPrice: '0.80'}, {from: 12, amountPerUnit: '0.50'}] | 2.30
          12 x 1       | mode: 'graduated', tiers: [{from: 3, unitPrice: '1.80'}]                        | 0.00
          12 x 1       | mode: 'graduated', tiers: [{from: 3, amountPerUnit: '1.80'}]                    | 10.00
          2 x 1; 2 x 2 | mode: 'graduated', scope: 'target_total', tiers: [{from: 2, percent: '10'}, {from: 4, percent: '50'}] | 0.10 1.20
          # The price of the line is rounded half-up, and not the discount.
          1 x 0.05     | mode: 'graduated', tiers: [{from: 1, percent: '50'}]                            | 0.02
          1 x 0.05     | mode: 'volume', tiers: [{from: 1, percent: '50'}]                               | 0.03
          # A fractional unit is in the tier of its whole unit.
          9.5 x 1      | mode: 'graduated', tiers: [{from: 10, percent: '50'}]                           | 0.25
          9 x 1        | mode: 'graduated', tiers: [{from: 10, percent: '50'}]                           | 0.00
          0.5 x 1      | mode: 'graduated', tiers: [{from: 0.5, percent: '50'}]                          | 0.25
          """)
  void discounts_of_quantity_tiers(String cart, String tiers, String off) {
    assertDiscounts(cart, "{type: 'tiered_quantity', " + tiers + "}", "{}", off);
  }

  @Test
  void a_fractional_unit_never_costs_more_than_a_whole_unit() {
    String free =
        "{type: 'tiered_quantity', mode: 'graduated', tiers: [{from: 10, percent: '100'}]}";

    assertDiscounts("9.999 x 1.00", free, "{}", "1.00");
    assertDiscounts("10 x 1.00", free, "{}", "1.00");
  }

  @Test
  void graduated_discount_has_the_label_of_the_highest_tier() {
    String tiers =
        "{type: 'tiered_quantity', mode: 'graduated', tiers: ["
            + "{from: 2, percent: '10', label: 'two'}, {from: 4, percent: '20', label: 'four'}]}";

    assertThat(quote("3 x 1", tiers, "{}").price().discounts())
        .extracting(Discount::label)
        .containsExactly("two");
    assertThat(quote("3.5 x 1", tiers, "{}").price().discounts())
        .extracting(Discount::label)
        .containsExactly("four");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart       | tiers                                               | off
          1 x 99.99    | {from: '100', percent: '10'}                        | 0.00
          1 x 100      | {from: '100', percent: '10'}                        | 10.00
          1 x 60; 1 x 40 | {from: '100', amount: '10'}                       | 6.00 4.00
          1 x 200      | {from: '100', amount: '10'}, {from: '200', amount: '30'} | 30.00
          1 x 199.99   | {from: '100', amount: '10'}, {from: '200', amount: '30'} | 10.00
          1 x 0.01     | {from: '0.000001', percent: '100'}                  | 0.01
          1 x 0.01     | {from: '0.010001', percent: '100'}                  | 0.00
          """)
  void discounts_of_order_amount_tiers(String cart, String tiers, String off) {
    assertDiscounts(cart, "{type: 'tiered_order_amount', tiers: [" + tiers + "]}", "{}", off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart            | effect                                                               | off
          5 x 10            | {type: 'quantity_group', size: 3, percent: '10'}                     | 3.00
          2 x 10; 2 x 5     | {type: 'quantity_group', size: 3, percent: '10'}                     | 2.00 0.50
          2 x 10; 2 x 5     | {type: 'quantity_group', size: 3, amountPerUnit: '7'}                | 14.00 5.00
          2 x 10            | {type: 'quantity_group', size: 3, percent: '10'}                     | 0.00
          2.9 x 10          | {type: 'quantity_group', size: 3, percent: '10'}                     | 0.00
          3.9 x 10          | {type: 'quantity_group', size: 3, percent: '10'}                     | 3.00
          7 x 10            | {type: 'nth_unit_percent', n: 3, percent: '50'}                      | 10.00
          7 x 10            | {type: 'nth_unit_percent', n: 3, percent: '50', maxSets: 1}          | 5.00
          2 x 10; 1 x 10    | {type: 'nth_unit_percent', n: 3, percent: '50'}                      | 0.00 0.00
          2 x 10; 2 x 20    | {type: 'nth_unit_percent', n: 2, percent: '50', maxSets: 1}          | 5.00 0.00
          2.5 x 10          | {type: 'nth_unit_percent', n: 1, percent: '50'}                      | 10.00
          # Bundles.
          2 x 10 A; 3 x 5 B | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '12'}              | 4.00 2.00
          2 x 10 A; 3 x 5 B | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '12', maxSets: 1}  | 2.00 1.00
          2 x 10 A; 3 x 5 B | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '15'}              | 0.00 0.00
          2 x 10 A; 3 x 5 B | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '16'}              | 0.00 0.00
          2 x 10 A; 3 x 5 B | {type: 'bundle_price', skus: {A: 3, B: 1}, price: '1'}               | 0.00 0.00
          2 x 10 A #t; 1 x 8 B #t; 2 x 4 C | {type: 'bundle_price', skus: {C: 1}, tags: {t: 1}, price: '10'} | 5.71 0.00 2.29
          3 x 10 A #t; 1 x 8 B #t | {type: 'bundle_price', tags: {t: 2}, price: '15'}              | 6.32 1.68
          1.5 x 10 A; 1 x 5 B | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '12'}            | 2.00 1.00
          1 x 10 A min=9; 1 x 5 B | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '6'}         | 1.00 5.00
          # Gifts, after the lines.
          1 x 10            | {type: 'free_gift', sku: 'G', unitPrice: '3'}                        | 0.00 3.00
          3 x 10 A; 1.5 x 2 A | {type: 'free_gift', sku: 'G', unitPrice: '3', perUnitOfSku: 'A'}   | 0.00 0.00 12.00
          3 x 10 A          | {type: 'free_gift', sku: 'G', unitPrice: '3', perUnitOfSku: 'B'}     | 0.00
          0.9 x 10 A        | {type: 'free_gift', sku: 'G', unitPrice: '3', perUnitOfSku: 'A'}     | 0.00
          1 x 10            | {type: 'free_gift', sku: 'G', unitPrice: '0'}                        | 0.00 0.00
          1 x 10            | {type: 'free_gift', sku: 'G', unitPrice: '10000000001'}              | 0.00
          1 x 10            | {type: 'free_gift', sku: 'G', unitPrice: '10000000000'}              | 0.00 10000000000.00
          """)
  void discounts_of_unit_groups_bundles_and_gifts(String cart, String effect, String off) {
    assertDiscounts(cart, effect, "{}", off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                      | buy | get | more                                    | off
          3 x 10                      | 2   | 1   | pick: 'line_order'                      | 10.00
          7 x 10                      | 2   | 1   | pick: 'line_order'                      | 20.00
          7 x 10                      | 2   | 1   | maxSets: 1                              | 10.00
          5 x 10                      | 2   | 2   | partialGet: true                        | 20.00
          3 x 10                      | 2   | 2   | partialGet: true                        | 10.00
          3 x 10                      | 2   | 2   | partialGet: false                       | 0.00
          7 x 10                      | 2   | 2   | partialGet: true                        | 30.00
          7 x 10                      | 2   | 2   | partialGet: false                       | 20.00
          2 x 10                      | 2   | 1   | pick: 'line_order'                      | 0.00
          1 x 10; 1 x 5; 1 x 2        | 1   | 1   | pick: 'cheapest'                        | 0.00 0.00 2.00
          1 x 2; 1 x 5; 1 x 10        | 1   | 1   | pick: 'most_expensive'                  | 0.00 0.00 10.00
          1 x 10; 1 x 5; 1 x 2        | 1   | 1   | pick: 'line_order'                      | 0.00 5.00 0.00
          1 x 10; 1 x 5; 1 x 2; 1 x 1 | 1   | 1   | pick: 'cheapest'                        | 0.00 0.00 2.00 1.00
          1 x 10; 1 x 5; 1 x 2; 1 x 1 | 1   | 1   | pick: 'most_expensive'                  | 10.00 5.00 0.00 0.00
          2 x 10 A; 2 x 5 B           | 1   | 1   | buyTarget: {skus: ['A']}, getTarget: {skus: ['B']} | 0.00 10.00
          2 x 10 A; 1 x 5 B           | 1   | 1   | buyTarget: {skus: ['A']}, getTarget: {skus: ['B']} | 0.00 5.00
          2 x 10 A; 2 x 5 B           | 1   | 1   | buyTarget: {skus: ['A']}                | 10.00 0.00
          2 x 10 A; 2 x 5 B           | 2   | 1   | buyTarget: {skus: ['A']}, getTarget: {skus: ['A']} | 0.00 0.00
          2.5 x 10                    | 1   | 1   | pick: 'cheapest'                        | 10.00
          """)
  void discounts_of_buy_x_get_y(String cart, int buy, int get, String more, String off) {
    assertDiscounts(
        cart,
        "{type: 'buy_x_get_y', percent: '100', buyQuantity: "
            + buy
            + ", getQuantity: "
            + get
            + ", "
            + more
            + "}",
        "{}",
        off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart         | consecutive rules                                                                    | policy | off
          1 x 100        | {type: 'percent_off_order', percent: '10'} ;; {type: 'percent_off_order', percent: '10'} | {}                       | 19.00
          1 x 100        | {type: 'percent_off_order', percent: '10'} ;; {type: 'percent_off_order', percent: '10'} | {stackBase: 'original'}  | 20.00
          1 x 100        | {type: 'percent_off_order', percent: '60'} ;; {type: 'percent_off_order', percent: '60'} | {stackBase: 'original'}  | 100.00
          1 x 100 A; 1 x 100 B | {type: 'percent_off_order', percent: '50', target: {skus: ['A']}} ;; {type: 'percent_off_order', percent: '10'} | {} | 55.00 10.00
          1 x 100 A; 1 x 100 B | {type: 'percent_off_order', percent: '50', target: {skus: ['A']}} ;; {type: 'percent_off_order', percent: '10'} | {stackBase: 'original'} | 60.00 10.00
          1 x 100 A; 1 x 100 B | {type: 'amount_off_order', amount: '95', target: {skus: ['A']}} ;; {type: 'percent_off_order', percent: '10'} | {stackBase: 'original'} | 100.00 15.00
          # The effects of one rule, on the remaining amount or on the amount at its start.
          1 x 100        | {effects: [{type: 'percent_off_order', percent: '10'}, {type: 'percent_off_order', percent: '10'}]} | {} | 19.00
          1 x 100        | {effects: [{type: 'percent_off_order', percent: '10'}, {type: 'percent_off_order', percent: '10'}]} | {stackBase: 'original'} | 19.00
          1 x 100        | {effects: [{type: 'percent_off_order', percent: '10'}, {type: 'percent_off_order', percent: '10'}]} | {effectBase: 'promotion_start'} | 20.00
          1 x 100        | {type: 'percent_off_order', percent: '50'} ;; {effects: [{type: 'percent_off_order', percent: '10'}, {type: 'percent_off_order', percent: '10'}]} | {effectBase: 'promotion_start'} | 60.00
          1 x 100        | {type: 'percent_off_order', percent: '50'} ;; {effects: [{type: 'percent_off_order', percent: '10'}, {type: 'percent_off_order', percent: '10'}]} | {effectBase: 'promotion_start', stackBase: 'original'} | 70.00
          2 x 10; 1 x 5  | {effects: [{type: 'percent_off_units', percent: '50', maxUnits: 1}, {type: 'percent_off_units', percent: '50', maxUnits: 1}]} | {effectBase: 'promotion_start'} | 10.00 0.00
          # A tie in the discount, and in the remaining amount.
          1 x 0.05       | {type: 'percent_off_order', percent: '50'} | {roundOn: 'discount'} | 0.03
          1 x 0.05       | {type: 'percent_off_order', percent: '50'} | {roundOn: 'net'}      | 0.02
          1 x 0.05       | {type: 'percent_off_units', percent: '50', maxUnits: 2} | {roundOn: 'net'} | 0.02
          # Units that are selected again, or not.
          2 x 10; 2 x 5  | {type: 'percent_off_units', percent: '50', maxUnits: 2} ;; {type: 'percent_off_units', percent: '50', maxUnits: 2} | {} | 15.00 0.00
          2 x 10; 2 x 5  | {type: 'percent_off_units', percent: '50', maxUnits: 2} ;; {type: 'percent_off_units', percent: '50', maxUnits: 2} | {unitsConsumed: 'spread'} | 10.00 5.00
          2 x 10; 2 x 5  | {type: 'percent_off_units', percent: '50'} ;; {type: 'percent_off_units', percent: '50', maxUnits: 2} | {unitsConsumed: 'spread'} | 15.00 5.00
          2 x 10         | {type: 'percent_off_units', percent: '50', maxUnits: 2} ;; {type: 'percent_off_units', percent: '50', maxUnits: 2} | {unitsConsumed: 'spread'} | 10.00
          # A rule without discount selects no units.
          2 x 10; 2 x 5  | {type: 'percent_off_units', percent: '0', maxUnits: 2} ;; {type: 'percent_off_units', percent: '50', maxUnits: 2} | {unitsConsumed: 'spread'} | 10.00 0.00
          2 x 10         | {type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '0'} ;; {type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '50'} | {} | 5.00
          # A unit is part of one set only.
          4 x 10         | {type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '50', maxSets: 1} ;; {type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '100'} | {} | 15.00
          3 x 10         | {type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '50'} ;; {type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '100'} | {} | 5.00
          3 x 10 A; 1 x 5 B | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '12'} ;; {type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '100'} | {} | 12.00 1.00
          # The excess of one unit is not shifted to another unit.
          3 x 10         | {type: 'nth_unit_percent', n: 3, percent: '100'} ;; {type: 'amount_off_units', amount: '4'} | {} | 18.00
          3 x 10         | {type: 'nth_unit_percent', n: 3, percent: '100'} ;; {type: 'amount_off_units', amount: '4', maxUnits: 3} | {} | 18.00
          3 x 10         | {type: 'nth_unit_percent', n: 3, percent: '50'} ;; {type: 'fixed_unit_price', unitPrice: '7'} | {} | 11.00
          3 x 10         | {type: 'nth_unit_percent', n: 3, percent: '100'} ;; {type: 'tiered_quantity', tiers: [{from: 3, unitPrice: '8'}]} | {} | 14.00
          3 x 10         | {type: 'nth_unit_percent', n: 3, percent: '80'} ;; {type: 'amount_off_units', amount: '4'} | {} | 18.00
          2.5 x 10       | {type: 'nth_unit_percent', n: 2, percent: '80'} ;; {type: 'amount_off_units', amount: '4'} | {} | 16.00
          3 x 10         | {type: 'nth_unit_percent', n: 3, percent: '50'} ;; {type: 'amount_off_units', amount: '0.004'} | {} | 5.01
          # The pick order uses the remaining price of each unit.
          2 x 10; 1 x 6  | {type: 'percent_off_units', percent: '50', maxUnits: 1} ;; {type: 'percent_off_units', percent: '100', maxUnits: 1, pick: 'cheapest'} | {} | 10.00 0.00
          2 x 10; 1 x 6  | {type: 'percent_off_units', percent: '50', maxUnits: 1} ;; {type: 'percent_off_units', percent: '100', maxUnits: 1, pick: 'cheapest'} | {stackBase: 'original'} | 5.00 6.00
          """)
  void later_rules_see_the_remaining_amounts(String cart, String rules, String policy, String off) {
    assertDiscounts(cart, rules, policy, off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart          | rules                                                                                 | off           | outcomes
          1 x 100         | {exclusive: true, A} ;; {B}                                                           | 10.00         | r1 excluded
          1 x 100         | {A} ;; {exclusive: true, B}                                                           | 20.00         | excluded r2
          1 x 100         | {exclusive: true, priority: 1, A} ;; {exclusive: true, priority: 2, B}                | 20.00         | r2 excluded
          1 x 100         | {exclusive: true, when: {minQuantity: 2}, A} ;; {B}                                   | 20.00         | conditions_not_met r2
          1 x 100         | {priority: 1, F} ;; {priority: 2, B}                                                  | 25.00         | r2 r1
          1 x 100         | {bestOfGroup: 'g', A} ;; {bestOfGroup: 'g', B}                                        | 20.00         | not_best_offer r2
          1 x 100         | {bestOfGroup: 'g', A} ;; {bestOfGroup: 'g', A}                                        | 10.00         | r1 not_best_offer
          1 x 100         | {bestOfGroup: 'g', A} ;; {bestOfGroup: 'h', B}                                        | 28.00         | r1 r2
          1 x 100 A; 1 x 4 B | {bestOfGroup: 'g', effects: [{type: 'amount_off_line', amount: '3'}]} ;; {bestOfGroup: 'g', A} | 10.00 3.00 | r1 r2
          1 x 100 A; 1 x 4 B | {bestOfGroup: 'g', F} ;; {bestOfGroup: 'g', effects: [{type: 'amount_off_line', amount: '3'}]} ;; {A} | 14.33 3.10 | r1 r2 r3
          1 x 100         | {bestOfGroup: 'g', effects: [{type: 'free_gift', sku: 'G', unitPrice: '0'}]} ;; {bestOfGroup: 'g', A} | 10.00 0.00 | r1 r2
          1 x 100         | {bestOfGroup: 'g', effects: [{type: 'free_gift', sku: 'G', unitPrice: '3'}]} ;; {bestOfGroup: 'g', A} | 10.00 3.00 | r1 r2
          1 x 100; ship 9 | {bestOfGroup: 'g', effects: [{type: 'percent_off_shipping', percent: '50'}]} ;; {bestOfGroup: 'g', effects: [{type: 'amount_off_shipping', amount: '4'}]} | 0.00 + 4.50 | r1 not_best_offer
          """)
  void applies_exclusive_and_best_of_group_rules(
      String cart, String rules, String off, String outcomes) {
    String replaced =
        rules
            .replace("A}", "effects: [{type: 'percent_off_order', percent: '10'}]}")
            .replace("B}", "effects: [{type: 'percent_off_order', percent: '20'}]}")
            .replace("F}", "effects: [{type: 'amount_off_order', amount: '5'}]}");
    Quote quote = quote(cart, replaced, "{}");

    assertThat(discounts(quote)).isEqualTo(off);
    assertThat(outcomes(quote)).isEqualTo(outcomes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                    | rules                                                  | resolver   | outcome of the last rule
          1 x 100                   | {exclusive: true, A} ;; {B}                            | stack      | EXCLUDED /exclusive no exclusive rule that applies r1
          1 x 100                   | {exclusive: true, A} ;; {exclusive: true, B}           | best_total | EXCLUDED /exclusive no exclusive rule that applies r1
          1 x 100                   | {bestOfGroup: 'g', B} ;; {bestOfGroup: 'g', A}         | stack      | NOT_BEST_OFFER /bestOfGroup more than 20.00 by r1 on line 0 10.00
          1 x 100                   | {bestOfGroup: 'g', A} ;; {bestOfGroup: 'g', A}         | stack      | NOT_BEST_OFFER /bestOfGroup more than 10.00 by r1 on line 0 10.00
          1 x 50 #x; 1 x 100        | {bestOfGroup: 'g', B} ;; {bestOfGroup: 'g', D}         | stack      | NOT_BEST_OFFER /bestOfGroup more than 20.00 by r1 on line 1 10.00
          1 x 100; ship 9           | {bestOfGroup: 'g', S} ;; {bestOfGroup: 'g', T}         | stack      | NOT_BEST_OFFER /bestOfGroup more than 4.50 by r1 on shipping 4.00
          999999 x 10000000000       | {bestOfGroup: 'g', G} ;; {bestOfGroup: 'g', G}         | stack      | NOT_BEST_OFFER /bestOfGroup a gift within the maximum order amount null
          1 x 100                   | {combinable: false, B} ;; {A}                          | best_total | NOT_BEST_OFFER /combinable more than 20.00 by r1 10.00
          1 x 100                   | {A} ;; {B} ;; {combinable: false, B}                   | best_total | NOT_BEST_OFFER /combinable more than 28.00 by all combinable rules 20.00
          1 x 100                   | {combinable: false, B} ;; {combinable: false, A}       | best_total | NOT_BEST_OFFER /combinable more than 20.00 by r1 10.00
          1 x 100                   | {level: 'item', A} ;; {level: 'order', combinable: false, B} ;; {level: 'order', A} | best_total_per_level | NOT_BEST_OFFER /combinable more than 18.00 by r2 9.00
          """)
  void explains_why_a_rule_was_skipped(
      String cart, String rules, String resolver, String expected) {
    String replaced =
        rules
            .replace("A}", "effects: [{type: 'percent_off_order', percent: '10'}]}")
            .replace("B}", "effects: [{type: 'percent_off_order', percent: '20'}]}")
            .replace(
                "D}",
                "effects: [{type: 'percent_off_order', percent: '10',"
                    + " target: {excludeTags: ['x']}}]}")
            .replace("S}", "effects: [{type: 'percent_off_shipping', percent: '50'}]}")
            .replace("T}", "effects: [{type: 'amount_off_shipping', amount: '4'}]}")
            .replace("G}", "effects: [{type: 'free_gift', sku: 'G', unitPrice: '10000000000'}]}");
    Quote quote = quote(cart, replaced, "{resolver: '" + resolver + "'}");

    RuleOutcome.Skipped last = (RuleOutcome.Skipped) quote.trace().getLast().outcome();
    assertThat(
            last.reason()
                + " "
                + last.path()
                + " "
                + last.expected()
                + (last.found() == null ? " null" : " " + last.found()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # rules                                               | resolver             | off   | outcomes
          {10} ;; {20}                                          | best_total           | 28.00 | r1 r2
          {10} ;; {combinable: false, 20}                       | best_total           | 20.00 | not_best_offer r2
          {10} ;; {combinable: false, 10}                       | best_total           | 10.00 | r1 not_best_offer
          {10} ;; {10} ;; {combinable: false, 20}               | best_total           | 20.00 | not_best_offer not_best_offer r3
          {10} ;; {20} ;; {combinable: false, 20}               | best_total           | 28.00 | r1 r2 not_best_offer
          {combinable: false, 10} ;; {combinable: false, 20}    | best_total           | 20.00 | not_best_offer r2
          {combinable: false, 20} ;; {combinable: false, 20}    | best_total           | 20.00 | r1 not_best_offer
          {combinable: false, when: {minQuantity: 9}, 90} ;; {10} | best_total         | 10.00 | conditions_not_met r2
          {10} ;; {combinable: false, 20}                       | stack                | 28.00 | r1 r2
          {level: 'order', 10} ;; {level: 'item', combinable: false, 20} | best_total_per_level | 28.00 | r1 r2
          {level: 'order', 10} ;; {level: 'order', combinable: false, 20} | best_total_per_level | 20.00 | not_best_offer r2
          {level: 'item', 10} ;; {level: 'item', combinable: false, 20} ;; {level: 'order', 50} | best_total_per_level | 60.00 | not_best_offer r2 r3
          # The item level is resolved first, independent of the priority.
          {level: 'order', priority: 9, when: {maxSubtotal: '80'}, 10} ;; {level: 'item', 20} | best_total_per_level | 28.00 | r1 r2
          {level: 'order', priority: 9, when: {maxSubtotal: '80'}, 10} ;; {level: 'item', 20} | best_total | 20.00 | conditions_not_met r2
          """)
  void best_total_resolver_applies_the_largest_saving(
      String rules, String resolver, String off, String outcomes) {
    String replaced =
        rules.replaceAll(
            "([0-9]+)}( |$)", "effects: [{type: 'percent_off_order', percent: '$1'}]}$2");
    Quote quote = quote("1 x 100", replaced, "{resolver: '" + resolver + "'}");

    assertThat(discounts(quote)).isEqualTo(off);
    assertThat(outcomes(quote)).isEqualTo(outcomes);
  }

  @Test
  void a_rule_without_effect_does_not_split_units() {
    Quote quote =
        quote(
            "2.5 x 10",
            "{type: 'percent_off_units', percent: '0', maxUnits: 1} ;;"
                + " {type: 'percent_off_order', percent: '10'}",
            "{}");

    assertThat(quote.price().lines().getFirst().units()).isEmpty();
  }

  @Test
  void competing_gifts_are_limited_by_the_max_subtotal() {
    String gift =
        "{bestOfGroup: 'g', effects: ["
            + "{type: 'free_gift', sku: 'G', unitPrice: '6000000000', perUnitOfSku: 'A'}]}";

    Quote quote = quote("1000000 x 0 A", gift + " ;; " + gift, "{}");

    assertThat(outcomes(quote)).isEqualTo("r1 not_best_offer");
    assertThat(quote.price().lines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1 x 10 min=9          | {type: 'amount_off_order', amount: '3'}                     | 2.00
          1 x 10                | {type: 'amount_off_order', amount: '30'}                    | 20.00
          1 x 10                | {type: 'amount_off_line', amount: '30'}                     | 20.00
          1 x 10 min=9          | {type: 'percent_off_order', percent: '50'}                  | 4.00
          1 x 10 min=9          | {type: 'percent_off_units', percent: '50', maxUnits: 1}     | 4.00
          1 x 10 A min=9; 1 x 5 B min=4 | {type: 'bundle_price', skus: {A: 1, B: 1}, price: '12'} | 1.00
          1 x 10                | {type: 'percent_off_order', percent: '50'}                  | 0.00
          """)
  void reports_the_unapplied_amount(String cart, String effect, String unapplied) {
    assertThat(quote(cart, effect, "{}").trace().getFirst().outcome())
        .isInstanceOfSatisfying(
            RuleOutcome.Applied.class,
            applied -> assertThat(applied.unapplied().toPlainString()).isEqualTo(unapplied));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                              | line  | unit  | total by line
          1 x 10 tax=19                       | 1.90  | 1.90  | 11.90
          3 x 0.03 tax=19                     | 0.02  | 0.03  | 0.11
          3 x 0.03 tax=19; gross              | 0.01  | 0.00  | 0.09
          1 x 10 tax=0                        | 0.00  | 0.00  | 10.00
          1 x 10                              | 0.00  | 0.00  | 10.00
          1 x 11.90 tax=19; gross             | 1.90  | 1.90  | 11.90
          2.5 x 0.05 tax=10                   | 0.01  | 0.02  | 0.14
          """)
  void tax_is_rounded_once_for_each_line_or_each_unit(
      String cart, String line, String unit, String total) {
    String noDiscount = "{type: 'percent_off_order', percent: '0'}";
    PricedCart byLine = quote(cart, noDiscount, "{}").price();
    PricedCart byUnit = quote(cart, noDiscount, "{taxRoundAt: 'unit'}").price();

    assertThat(byLine.taxTotal().toPlainString()).isEqualTo(line);
    assertThat(byUnit.taxTotal().toPlainString()).isEqualTo(unit);
    assertThat(byLine.total().toPlainString()).isEqualTo(total);
  }

  @Test
  void rounds_tax_per_unit_when_unit_prices_differ() {
    // 0.03 + 0.03 + 0.03 + 0.03 with discounts of 0.02 + 0.02 + 0.02 + 0.01.
    PricedCart price =
        quote(
                "4 x 0.03 tax=50",
                "{type: 'amount_off_order', amount: '0.07'}",
                "{taxRoundAt: 'unit'}")
            .price();

    assertThat(price.taxTotal()).isEqualTo(new Money(4, TestCarts.USD));
  }

  @Test
  void merges_discounts_of_one_rule_and_label_per_line() {
    Quote quote =
        quote(
            "1 x 100",
            "{effects: [{type: 'percent_off_order', percent: '10'},"
                + " {type: 'percent_off_order', percent: '10'}]}",
            "{}");

    assertThat(quote.price().lines().getFirst().discounts())
        .extracting(Discount::amount)
        .isEqualTo(List.of(new Money(1_900, TestCarts.USD)));
  }

  @Test
  void unit_runs_show_the_discount_of_each_unit() {
    PricedCart price =
        quote("3 x 10", "{type: 'percent_off_units', percent: '50', maxUnits: 2}", "{}").price();

    assertThat(price.lines().getFirst().unitDiscounts(3))
        .extracting(Money::toPlainString)
        .containsExactly("5.00", "5.00", "0.00");
  }

  @Test
  void an_empty_policy_is_the_default_policy() {
    assertThat(RuleDsl.policy("{}")).isEqualTo(Policy.DEFAULT);
  }
}
