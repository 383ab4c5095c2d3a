package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets that are formed of several lines, and what is left of these for other sets. */
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
          # A set of units that stand in different lines, once and again.
          1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10 | 2 | 1   | pick: 'line_order'      | 0.00 0.00 10.00 0.00 0.00 10.00
          1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10; 1 x 10 | 2 | 1   | pick: 'line_order', maxSets: 1 | 0.00 0.00 10.00 0.00 0.00 0.00
          # Two are bought for each, and two are given for each.
          3 x 10 A; 5 x 5 B                            | 2   | 1   | A->B                    | 0.00 5.00
          4 x 10 A; 5 x 5 B                            | 2   | 1   | A->B                    | 0.00 10.00
          5 x 10 A; 3 x 5 B                            | 1   | 2   | A->B                    | 0.00 15.00
          5 x 10 A; 3 x 5 B                            | 1   | 2   | A->B, partialGet: false | 0.00 10.00
          6 x 10 A; 3 x 5 B                            | 1   | 2   | A->B, partialGet: false | 0.00 10.00
          6 x 10 A; 4 x 5 B                            | 1   | 2   | A->B, maxSets: 1        | 0.00 10.00
          # What cannot be given is bought first.
          2 x 5 B; 2 x 10 A                            | 1   | 1   | ->B                     | 10.00 0.00
          2 x 5 B; 1 x 10 A                            | 1   | 1   | ->B                     | 5.00 0.00
          3 x 5 B; 1 x 10 A                            | 1   | 1   | ->B                     | 10.00 0.00
          """)
  void buy_x_get_y(String cart, int buy, int get, String more, String off) {
    assertThat(discounts(TestQuotes.of(cart, free(buy, get, more)))).isEqualTo(off);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart            | first         | then              | off
          # The last two of five make no set of three, so they make one of two.
          5 x 10            | 2 1 pick: 'line_order' | 1 1 pick: 'line_order' | 20.00
          # One A was bought for the one B; of the five others two are given.
          6 x 10 A; 1 x 5 B | 1 1 A->B      | 1 1 buyTarget: {skus: ['A']}, getTarget: {skus: ['A']} | 20.00 5.00
          # A set that is not full gives nothing, and takes nothing.
          3 x 10 A; 1 x 5 B | 1 2 A->B, partialGet: false | 1 1 A->B | 0.00 5.00
          """)
  void units_in_no_set_stay_available_for_the_next_rule(
      String cart, String first, String then, String off) {
    assertThat(discounts(TestQuotes.of(cart, free(first) + ";;" + free(then)))).isEqualTo(off);
  }

  private static String free(String written) {
    String[] words = written.split(" ", 3);
    return free(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words[2]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                               | bundle                                      | off
          # Parts that cost as much, or less, stay what they are.
          2 x 7.50 A; 2 x 10 A                 | skus: {A: 2}, price: '15'                   | 0.00 5.00
          2 x 5 A; 2 x 10 A                    | skus: {A: 2}, price: '15'                   | 0.00 5.00
          2 x 10 A; 2 x 5 A                    | skus: {A: 2}, price: '15'                   | 5.00 0.00
          # Sets that are formed of the same two lines, and one that needs a third.
          3 x 10 A; 2 x 5 B; 1 x 5 B           | skus: {A: 1, B: 1}, price: '12'             | 6.00 2.00 1.00
          3 x 10 A; 2 x 5 B; 1 x 5 B           | skus: {A: 1, B: 1}, price: '12', maxSets: 2 | 4.00 2.00 0.00
          # The second set is not complete.
          5 x 10 A                             | skus: {A: 3}, price: '24'                   | 6.00
          5 x 10 A; 1 x 10 B                   | skus: {A: 3, B: 1}, price: '32'             | 6.00 2.00
          # A good that is in two parts of a set is needed for both.
          3 x 10 A #t                          | skus: {A: 1}, tags: {t: 1}, price: '15'     | 5.00
          4 x 10 A #t                          | skus: {A: 1}, tags: {t: 1}, price: '15'     | 10.00
          """)
  void bundle_price(String cart, String bundle, String off) {
    assertThat(discounts(TestQuotes.of(cart, "{type: 'bundle_price', " + bundle + "}")))
        .isEqualTo(off);
  }
}
