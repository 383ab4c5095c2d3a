package kassa.domain.pricing;

import static kassa.domain.pricing.Quotes.off;
import static kassa.domain.pricing.Quotes.told;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Several gifts in one cart: each has a line of its own, and costs nothing there. */
class GiftsTest {

  private static String gift(String sku, String price) {
    return "effects: [{type: 'free_gift', sku: '" + sku + "', unitPrice: '" + price + "'}]}";
  }

  @Test
  void two_rules_give_two_gifts() {
    Quote quote = Quotes.of("1 x 10; ship 5", "{" + gift("G", "3") + ";; {" + gift("H", "4"));

    assertThat(off(quote)).isEqualTo("0.00 3.00 4.00 + 0.00");
    assertThat(quote.price().total().toPlainString()).isEqualTo("15.00");
  }

  @Test
  void a_gift_of_a_group_stands_behind_one_that_was_given_before() {
    Quote quote =
        Quotes.of(
            "1 x 10; ship 5",
            "{"
                + gift("G", "3")
                + ";; {bestOfGroup: 'g', "
                + gift("H", "4")
                + ";; {bestOfGroup: 'g', "
                + gift("I", "5"));

    assertThat(off(quote)).isEqualTo("0.00 3.00 4.00 5.00 + 0.00");
    assertThat(told(quote)).isEqualTo("r1 r2 r3");
    assertThat(quote.trace().getLast().verdict())
        .isInstanceOfSatisfying(
            Verdict.Applied.class,
            applied ->
                assertThat(applied.lines())
                    .extracting(share -> share.line() + ": " + share.amount().toPlainString())
                    .containsExactly("3: 5.00"));
  }
}
