package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static kassa.domain.testing.TestQuotes.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;

/** Several free gifts in one cart: each has a free line of its own. */
class FreeGiftTest {

  private static String gift(String sku, String price) {
    return "effects: [{type: 'free_gift', sku: '" + sku + "', unitPrice: '" + price + "'}]}";
  }

  @Test
  void two_rules_give_two_gifts() {
    Quote quote = TestQuotes.of("1 x 10; ship 5", "{" + gift("G", "3") + ";; {" + gift("H", "4"));

    assertThat(discounts(quote)).isEqualTo("0.00 3.00 4.00 + 0.00");
    assertThat(quote.price().total().toPlainString()).isEqualTo("15.00");
  }

  @Test
  void a_best_of_group_gift_follows_an_earlier_gift() {
    Quote quote =
        TestQuotes.of(
            "1 x 10; ship 5",
            "{"
                + gift("G", "3")
                + ";; {bestOfGroup: 'g', "
                + gift("H", "4")
                + ";; {bestOfGroup: 'g', "
                + gift("I", "5"));

    assertThat(discounts(quote)).isEqualTo("0.00 3.00 4.00 5.00 + 0.00");
    assertThat(outcomes(quote)).isEqualTo("r1 r2 r3");
    assertThat(quote.trace().getLast().outcome())
        .isInstanceOfSatisfying(
            RuleOutcome.Applied.class,
            applied ->
                assertThat(applied.lines())
                    .extracting(share -> share.line() + ": " + share.amount().toPlainString())
                    .containsExactly("3: 5.00"));
  }
}
