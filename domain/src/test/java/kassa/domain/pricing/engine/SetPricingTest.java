package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of units across several lines, and the units that remain for other sets. */
class SetPricingTest {

  private static final String BUY_A_GET_B =
      "buyTarget: {skus: ['A']}, getTarget: {skus: ['B']}, pick: 'line_order'";
  private static final String GET_B = "getTarget: {skus: ['B']}, pick: 'line_order'";

  private static String free(int buy, int get, String more) {
    return "{type: 'buy_x_get_y', percent: '100', buyQuantity: "
        + buy
        + ", getQuantity: "
        + get
        + ", "
        + more.replace("A->B", BUY_A_GET_B).replace("->B", GET_B)
        + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                                       | buy | get | more                    | off
          # Sets of units in different lines.
          1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10 | 2 | 1   | pick: 'line_order'      | 0.00 0.00 10.00 0.00 0.00 10.00
          1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10 | 2 | 1   | pick: 'line_order', maxSets: 1 | 0.00 0.00 10.00 0.00 0.00 0.00
          # Two bought units per set, and two discounted units per set.
          3 x 10 A; 5 x 5 B                            | 2   | 1   | A->B                    | 0.00 5.00
          4 x 10 A; 5 x 5 B                            | 2   | 1   | A->B                    | 0.00 10.00
          5 x 10 A; 3 x 5 B                            | 1   | 2   | A->B                    | 0.00 15.00
          5 x 10 A; 3 x 5 B                            | 1   | 2   | A->B, partialGet: false | 0.00 10.00
          6 x 10 A; 3 x 5 B                            | 1   | 2   | A->B, partialGet: false | 0.00 10.00
          6 x 10 A; 4 x 5 B                            | 1   | 2   | A->B, maxSets: 1        | 0.00 10.00
          # Units outside of the get target are bought first.
          2 x 5 B; 2 x 10 A                            | 1   | 1   | ->B                     | 10.00 0.00
          2 x 5 B; 1 x 10 A                            | 1   | 1   | ->B                     | 5.00 0.00
          3 x 5 B; 1 x 10 A                            | 1   | 1   | ->B                     | 10.00 0.00
          """)
  void forms_buy_x_get_y_sets_across_lines(String cart, int buy, int get, String more, String off) {
    assertThat(discounts(TestQuotes.of(cart, free(buy, get, more)))).isEqualTo(off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart            | first         | then              | off
          # The last two of five units form no set of three, so they form a set of two.
          5 x 10            | 2 1 pick: 'line_order' | 1 1 pick: 'line_order' | 20.00
          # One A is bought for the one B; two of the five others are discounted.
          6 x 10 A; 1 x 5 B | 1 1 A->B      | 1 1 buyTarget: {skus: ['A']}, getTarget: {skus: ['A']} | 20.00 5.00
          # Two A of different lines are bought, and not free for the next rule.
          1 x 10 A; 1 x 10 A; 1 x 5 B | 2 1 A->B | 1 1 buyTarget: {skus: ['A']}, getTarget: {skus: ['A']} | 0.00 0.00 5.00
          # An incomplete set discounts no units and uses no units.
          3 x 10 A; 1 x 5 B | 1 2 A->B, partialGet: false | 1 1 A->B | 0.00 5.00
          """)
  void units_in_no_set_stay_available_for_the_next_rule(
      String cart, String first, String then, String off) {
    assertThat(discounts(TestQuotes.of(cart, free(first) + ";;" + free(then)))).isEqualTo(off);
  }

  private static String free(String text) {
    String[] words = text.split(" ", 3);
    return free(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words[2]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                               | bundle                                      | off
          # Parts that cost the same or less keep their prices.
          2 x 7.50 A; 2 x 10 A                 | skus: {A: 2}, price: '15'                   | 0.00 5.00
          2 x 5 A; 2 x 10 A                    | skus: {A: 2}, price: '15'                   | 0.00 5.00
          2 x 10 A; 2 x 5 A                    | skus: {A: 2}, price: '15'                   | 5.00 0.00
          # Sets of units of the same two lines, and one that needs a third line.
          3 x 10 A; 2 x 5 B; 1 x 5 B           | skus: {A: 1, B: 1}, price: '12'             | 6.00 2.00 1.00
          3 x 10 A; 2 x 5 B; 1 x 5 B           | skus: {A: 1, B: 1}, price: '12', maxSets: 2 | 4.00 2.00 0.00
          # The second set is incomplete.
          5 x 10 A                             | skus: {A: 3}, price: '24'                   | 6.00
          5 x 10 A; 1 x 10 B                   | skus: {A: 3, B: 1}, price: '32'             | 6.00 2.00
          # A product that matches two parts of a set is needed for both.
          3 x 10 A #t                          | skus: {A: 1}, tags: {t: 1}, price: '15'     | 5.00
          4 x 10 A #t                          | skus: {A: 1}, tags: {t: 1}, price: '15'     | 10.00
          """)
  void forms_bundles_that_cost_less_than_their_parts(String cart, String bundle, String off) {
    assertThat(discounts(TestQuotes.of(cart, "{type: 'bundle_price', " + bundle + "}")))
        .isEqualTo(off);
  }

  @Test
  void a_set_takes_the_first_free_units_of_a_line() {
    String first = "{type: 'amount_off_line', amount: '1.00', target: {skus: ['A']}}";
    String bundle = "{type: 'bundle_price', skus: {A: 2, B: 1}, price: '24.33'}";

    // The units of A cost 9.67, 9.67 and 9.66 after the first rule.
    assertThat(discounts(TestQuotes.of("3 x 10 A; 1 x 5 B", first + ";;" + bundle)))
        .isEqualTo("1.01 0.00");
  }
}
