package kassa.domain.pricing;

import static kassa.domain.pricing.Quotes.off;
import static kassa.domain.pricing.Quotes.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                     | effect                                                  | lines         | shipping | all
          1 x 10; 1 x 20; ship 5     | {type: 'percent_off_shipping', percent: '50'}           | ""            | 2.50     | 2.50
          1 x 10; 1 x 20; ship 5     | {type: 'percent_off_items_and_shipping', percent: '10'} | 0 1.00, 1 2.00 | 0.50    | 3.50
          1 x 10 A; 1 x 20 B; ship 5 | {type: 'amount_off_line', amount: '3', target: {skus: ['B']}} | 1 3.00   | 0.00     | 3.00
          """)
  void tells_what_a_rule_took_off_which_lines_and_off_shipping(
      String cart, String effect, String lines, String shipping, String all) {
    assertThat(Quotes.of(cart, effect).trace().getFirst().verdict())
        .isInstanceOfSatisfying(
            Verdict.Applied.class,
            applied -> {
              assertThat(
                      applied.lines().stream()
                          .map(share -> share.line() + " " + share.amount().toPlainString())
                          .collect(Collectors.joining(", ")))
                  .isEqualTo(lines);
              assertThat(applied.shipping().toPlainString()).isEqualTo(shipping);
              assertThat(applied.amount().toPlainString()).isEqualTo(all);
            });
  }

  @Test
  void a_rule_that_finds_nothing_to_take_off_is_told_to_have_had_no_effect() {
    assertThat(told(Quotes.of("1 x 10", "{type: 'percent_off_shipping', percent: '50'}")))
        .isEqualTo("no_effect");
  }

  @Test
  void an_exclusive_rule_that_may_not_apply_has_no_second_try_behind_the_others() {
    Quote quote =
        Quotes.of(
            "1 x 100",
            "{type: 'percent_off_order', percent: '30'} ;;"
                + "{exclusive: true, when: {maxSubtotal: '80'},"
                + " effects: [{type: 'percent_off_order', percent: '10'}]}");

    assertThat(told(quote)).isEqualTo("r1 conditions_not_met");
    assertThat(off(quote)).isEqualTo("30.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
            10 | one of S0, S1, S2, S3, S4, S5, S6, S7, S8, S9
            11 | one of S0, S1, S10, S2, S3, S4, S5, S6, S7, S8 and 1 more
          """)
  void names_at_most_ten_of_what_a_condition_wants(int count, String expected) {
    String skus =
        IntStream.range(0, count)
            .mapToObj(number -> "'S" + number + "'")
            .collect(Collectors.joining(", "));
    Quote quote =
        Quotes.of(
            "1 x 10",
            "{when: {containsAnySku: ["
                + skus
                + "]}, effects: [{type: 'percent_off_order', percent: '10'}]}");

    assertThat(quote.trace().getFirst().verdict())
        .isInstanceOfSatisfying(
            Verdict.Skipped.class, skipped -> assertThat(skipped.expected()).isEqualTo(expected));
  }
}
