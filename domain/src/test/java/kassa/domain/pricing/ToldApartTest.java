package kassa.domain.pricing;

import static kassa.domain.pricing.Quotes.off;
import static kassa.domain.pricing.Quotes.offUnits;
import static kassa.domain.pricing.Quotes.told;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the units of a line of which a rule treats some differently. */
class ToldApartTest {

  private static final String THIRD_FREE = "{type: 'nth_unit_percent', n: 3, percent: '100'}";
  private static final String THIRD_HALF = "{type: 'nth_unit_percent', n: 3, percent: '50'}";

  @Test
  void a_share_of_the_order_comes_off_each_unit_by_what_it_still_costs() {
    Quote quote = Quotes.of("3 x 10", THIRD_HALF + ";; {type: 'percent_off_order', percent: '10'}");

    assertThat(offUnits(quote, 0)).isEqualTo("1.00 1.00 5.50");
  }

  @Test
  void another_price_is_what_each_unit_costs_then() {
    Quote quote = Quotes.of("3 x 10", THIRD_HALF + ";; {type: 'fixed_unit_price', unitPrice: '4'}");

    assertThat(offUnits(quote, 0)).isEqualTo("6.00 6.00 6.00");
  }

  @Test
  void what_a_free_unit_cannot_give_is_not_taken_from_another() {
    Quote quote =
        Quotes.of(
            "2 x 10",
            "{type: 'percent_off_units', percent: '100', maxUnits: 1} ;;"
                + " {type: 'amount_off_units', amount: '0.004'}");

    assertThat(off(quote)).isEqualTo("10.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {type: 'fixed_unit_price', unitPrice: '8'} ;; {type: 'fixed_unit_price', unitPrice: '7'}          | 9.00
          {type: 'percent_off_units', percent: '50'} ;; {type: 'fixed_unit_price', unitPrice: '8'}          | 15.00
          {type: 'percent_off_units', percent: '50', maxUnits: 1} ;; {type: 'fixed_unit_price', unitPrice: '8'} | 9.00
          {effects: [{type: 'fixed_unit_price', unitPrice: '8'}, {type: 'fixed_unit_price', unitPrice: '7'}]} | 9.00
          """)
  void another_price_is_never_undercut_whatever_shares_are_taken_from(String rules, String off) {
    assertThat(off(Quotes.of("3 x 10", rules, "{stackBase: 'original'}"))).isEqualTo(off);
    assertThat(off(Quotes.of("3 x 10", rules, "{effectBase: 'promotion_start'}"))).isEqualTo(off);
  }

  @Test
  void a_rule_that_takes_nothing_off_leaves_them_as_the_rules_before_it_did() {
    Quote quote =
        Quotes.of(
            "3 x 10", THIRD_FREE + ";; {type: 'percent_off_units', percent: '0', maxUnits: 1}");

    assertThat(told(quote)).isEqualTo("r1 no_effect");
    assertThat(quote.price().lines().getFirst().units())
        .containsExactly(new UnitRun(2_000, 2_000, 0), new UnitRun(1_000, 1_000, 1_000));
  }

  @Test
  void a_rule_that_its_budget_refuses_leaves_them_as_the_rules_before_it_did() {
    Quote quote =
        Quotes.of(
            "3 x 10",
            THIRD_FREE
                + ";; {limits: {budget: {type: 'spend', limit: '1'}},"
                + " effects: [{type: 'percent_off_units', percent: '50', maxUnits: 1}]}");

    assertThat(told(quote)).isEqualTo("r1 budget_exceeded");
    assertThat(offUnits(quote, 0)).isEqualTo("0.00 0.00 10.00");
  }

  @Test
  void what_a_unit_cost_when_the_rule_began_is_its_part_of_the_line() {
    // 1.00 has come off the third unit, so that half of 9.00 does.
    Quote quote =
        Quotes.of(
            "3 x 10",
            "{type: 'percent_off_order', percent: '10'} ;;" + THIRD_HALF,
            "{effectBase: 'promotion_start'}");

    assertThat(off(quote)).isEqualTo("7.50");
    assertThat(offUnits(quote, 0)).isEqualTo("1.00 1.00 5.50");
  }

  @Test
  void units_that_were_picked_stay_so_when_another_rule_sets_them_apart() {
    String two = "{type: 'percent_off_units', percent: '50', maxUnits: 2}";

    // 10.00 off the first two; then 5.00 off each line; then the last two are left, at 2.50 each.
    Quote quote =
        Quotes.of(
            "2 x 10; 2 x 5",
            two + ";; {type: 'nth_unit_percent', n: 1, percent: '50'} ;;" + two,
            "{unitsConsumed: 'spread'}");

    assertThat(off(quote)).isEqualTo("15.00 7.50");
  }

  @Test
  void units_that_were_bought_or_given_stay_so_when_another_rule_sets_them_apart() {
    String buyOne =
        "{effects: [{type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '100',"
            + " pick: 'line_order', maxSets: 1}]}";

    // 10.00 for one; 5.00 off each of the others; 5.00 for one of the two that were in no set.
    Quote quote =
        Quotes.of(
            "4 x 10", buyOne + ";; {type: 'nth_unit_percent', n: 1, percent: '50'} ;;" + buyOne);

    assertThat(off(quote)).isEqualTo("30.00");
  }

  @Test
  void a_line_of_which_no_unit_is_taken_is_not_told_apart() {
    for (String effect :
        new String[] {
          "{type: 'percent_off_units', percent: '50', maxUnits: 2}",
          "{type: 'quantity_group', size: 2, percent: '50'}",
          "{type: 'nth_unit_percent', n: 2, percent: '50'}",
          "{type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '50',"
              + " pick: 'line_order'}",
          "{type: 'bundle_price', tags: {t: 2}, price: '1'}"
        }) {
      Quote quote = Quotes.of("2 x 10 A #t; 1 x 10 B #t", effect);

      assertThat(quote.price().lines().getFirst().units()).as(effect).isNotEmpty();
      assertThat(quote.price().lines().getLast().units()).as(effect).isEmpty();
    }
  }
}
