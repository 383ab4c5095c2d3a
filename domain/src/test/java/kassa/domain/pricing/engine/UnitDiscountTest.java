package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static kassa.domain.testing.TestQuotes.outcomes;
import static kassa.domain.testing.TestQuotes.unitDiscounts;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.pricing.Quote;
import kassa.domain.pricing.UnitRun;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discounts of single units of a line with different unit prices. */
class UnitDiscountTest {

  private static final String THIRD_FREE = "{type: 'nth_unit_percent', n: 3, percent: '100'}";
  private static final String THIRD_HALF = "{type: 'nth_unit_percent', n: 3, percent: '50'}";

  @Test
  void order_percentage_is_allocated_by_remaining_unit_price() {
    Quote quote =
        TestQuotes.of("3 x 10", THIRD_HALF + ";; {type: 'percent_off_order', percent: '10'}");

    assertThat(unitDiscounts(quote, 0)).isEqualTo("1.00 1.00 5.50");
  }

  @Test
  void fixed_unit_price_applies_to_each_unit() {
    Quote quote =
        TestQuotes.of("3 x 10", THIRD_HALF + ";; {type: 'fixed_unit_price', unitPrice: '4'}");

    assertThat(unitDiscounts(quote, 0)).isEqualTo("6.00 6.00 6.00");
  }

  @Test
  void a_free_unit_does_not_shift_its_discount_to_other_units() {
    Quote quote =
        TestQuotes.of(
            "2 x 10",
            "{type: 'percent_off_units', percent: '100', maxUnits: 1} ;;"
                + " {type: 'amount_off_units', amount: '0.004'}");

    assertThat(discounts(quote)).isEqualTo("10.00");
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
  void fixed_unit_price_is_never_undercut(String rules, String off) {
    assertThat(discounts(TestQuotes.of("3 x 10", rules, "{stackBase: 'original'}"))).isEqualTo(off);
    assertThat(discounts(TestQuotes.of("3 x 10", rules, "{effectBase: 'promotion_start'}")))
        .isEqualTo(off);
  }

  @Test
  void a_rule_without_effect_keeps_earlier_unit_splits() {
    Quote quote =
        TestQuotes.of(
            "3 x 10", THIRD_FREE + ";; {type: 'percent_off_units', percent: '0', maxUnits: 1}");

    assertThat(outcomes(quote)).isEqualTo("r1 no_effect");
    assertThat(quote.price().lines().getFirst().units())
        .containsExactly(new UnitRun(2_000, 2_000, 0), new UnitRun(1_000, 1_000, 1_000));
  }

  @Test
  void a_rule_over_budget_keeps_earlier_unit_splits() {
    Quote quote =
        TestQuotes.of(
            "3 x 10",
            THIRD_FREE
                + ";; {limits: {budget: {type: 'spend', limit: '1'}},"
                + " effects: [{type: 'percent_off_units', percent: '50', maxUnits: 1}]}");

    assertThat(outcomes(quote)).isEqualTo("r1 budget_exceeded");
    assertThat(unitDiscounts(quote, 0)).isEqualTo("0.00 0.00 10.00");
  }

  @Test
  void unit_base_at_rule_start_is_its_share_of_the_line() {
    // The third unit has a discount of 1.00, so the second discount is half of 9.00.
    Quote quote =
        TestQuotes.of(
            "3 x 10",
            "{type: 'percent_off_order', percent: '10'} ;;" + THIRD_HALF,
            "{effectBase: 'promotion_start'}");

    assertThat(discounts(quote)).isEqualTo("7.50");
    assertThat(unitDiscounts(quote, 0)).isEqualTo("1.00 1.00 5.50");
  }

  @Test
  void picked_units_stay_picked_after_another_split() {
    String two = "{type: 'percent_off_units', percent: '50', maxUnits: 2}";

    // 10.00 off the first two units; then 5.00 off each line; then the last two units at 2.50 each.
    Quote quote =
        TestQuotes.of(
            "2 x 10; 2 x 5",
            two + ";; {type: 'nth_unit_percent', n: 1, percent: '50'} ;;" + two,
            "{unitsConsumed: 'spread'}");

    assertThat(discounts(quote)).isEqualTo("15.00 7.50");
  }

  @Test
  void set_units_stay_in_their_set_after_another_split() {
    String buyOne =
        "{effects: [{type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '100',"
            + " pick: 'line_order', maxSets: 1}]}";

    // 10.00 off one unit; 5.00 off each other unit; 5.00 off one of the two units in no set.
    Quote quote =
        TestQuotes.of(
            "4 x 10", buyOne + ";; {type: 'nth_unit_percent', n: 1, percent: '50'} ;;" + buyOne);

    assertThat(discounts(quote)).isEqualTo("30.00");
  }

  @Test
  void does_not_split_a_line_without_selected_units() {
    for (String effect :
        new String[] {
          "{type: 'percent_off_units', percent: '50', maxUnits: 2}",
          "{type: 'quantity_group', size: 2, percent: '50'}",
          "{type: 'nth_unit_percent', n: 2, percent: '50'}",
          "{type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '50',"
              + " pick: 'line_order'}",
          "{type: 'bundle_price', tags: {t: 2}, price: '1'}"
        }) {
      Quote quote = TestQuotes.of("2 x 10 A #t; 1 x 10 B #t", effect);

      assertThat(quote.price().lines().getFirst().units()).as(effect).isNotEmpty();
      assertThat(quote.price().lines().getLast().units()).as(effect).isEmpty();
    }
  }
}
