package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static kassa.domain.testing.TestQuotes.unitDiscounts;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.pricing.Quote;
import kassa.domain.pricing.UnitRun;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions of discounted units in a line, and the maximum number of unit runs. */
class UnitPositionTest {

  private static final String BUY_ONE =
      "{type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '100', pick: 'line_order'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {type: 'nth_unit_percent', n: 3, percent: '50'}             | 0.00 0.00 5.00 0.00 0.00 5.00 0.00
          {type: 'nth_unit_percent', n: 3, percent: '50', maxSets: 1} | 0.00 0.00 5.00 0.00 0.00 0.00 0.00
          {type: 'nth_unit_percent', n: 1, percent: '50'}             | 5.00 5.00 5.00 5.00 5.00 5.00 5.00
          {type: 'quantity_group', size: 3, percent: '50'}            | 5.00 5.00 5.00 5.00 5.00 5.00 0.00
          {type: 'percent_off_units', percent: '50', maxUnits: 2, pick: 'cheapest'} | 5.00 5.00 0.00 0.00 0.00 0.00 0.00
          {type: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, percent: '100', pick: 'cheapest'} | 0.00 0.00 10.00 0.00 0.00 10.00 0.00
          {type: 'buy_x_get_y', buyQuantity: 3, getQuantity: 2, percent: '100', pick: 'line_order'} | 0.00 0.00 0.00 10.00 10.00 0.00 0.00
          {type: 'bundle_price', skus: {'A': 3}, price: '24.00'}      | 2.00 2.00 2.00 2.00 2.00 2.00 0.00
          """)
  void discounts_units_at_their_position_in_the_line(String rule, String units) {
    assertThat(unitDiscounts(TestQuotes.of("7 x 10 A", rule), 0)).isEqualTo(units);
  }

  @Test
  void a_free_nth_unit_is_not_given_twice() {
    Quote quote =
        TestQuotes.of(
            "8 x 10",
            "{type: 'nth_unit_percent', n: 2, percent: '100'} ;;"
                + " {type: 'nth_unit_percent', n: 4, percent: '100'}");

    assertThat(quote.price().total().toPlainString()).isEqualTo("40.00");
    assertThat(unitDiscounts(quote, 0)).isEqualTo("0.00 10.00 0.00 10.00 0.00 10.00 0.00 10.00");
  }

  @Test
  void a_bundle_without_saving_does_not_split_units() {
    // The first shirt is free, so its bundle would cost more than its parts.
    Quote quote =
        TestQuotes.of(
            "2 x 10 TEE; 2 x 5 CAP",
            "{type: 'percent_off_units', percent: '100', maxUnits: 1} ;;"
                + " {type: 'bundle_price', skus: {TEE: 1, CAP: 1}, price: '9.00'}");

    assertThat(unitDiscounts(quote, 0)).isEqualTo("10.00 4.00");
    assertThat(unitDiscounts(quote, 1)).isEqualTo("0.00 2.00");
  }

  @Test
  void merges_units_above_the_max_runs_of_a_line() {
    Quote quote = TestQuotes.of("20000 x 10", "{type: 'nth_unit_percent', n: 2, percent: '100'}");

    assertThat(quote.price().lines().getFirst().units())
        .containsExactly(
            new UnitRun(10_000_000, 10_000_000, 0),
            new UnitRun(10_000_000, 10_000_000, 10_000_000));
  }

  @Test
  void spreads_the_discount_over_an_unsplittable_run() {
    Quote quote =
        TestQuotes.of(
            "10000 x 10",
            "{type: 'nth_unit_percent', n: 2, percent: '50'} ;;" + BUY_ONE.replace("100", "0.01"));

    assertThat(quote.price().lines().getFirst().units()).hasSize(Ledger.MAX_RUNS);

    Quote more =
        TestQuotes.of(
            "15000 x 10",
            "{type: 'nth_unit_percent', n: 3, percent: '50'} ;;"
                + " {type: 'nth_unit_percent', n: 2, percent: '50'}");

    // Every second unit of 5,000 pairs at 10.00 and 5,000 units at 5.00 is discounted.
    assertThat(discounts(more)).isEqualTo("56250.00");
    assertThat(more.price().lines().getFirst().units()).hasSize(Ledger.MAX_RUNS);
  }

  @Test
  void max_runs_of_a_line_are_its_share_of_the_cart() {
    String cart = "30 x 10;".repeat(499) + "30 x 10";
    Quote quote = TestQuotes.of(cart, "{type: 'nth_unit_percent', n: 2, percent: '100'}");

    assertThat(quote.price().lines())
        .allSatisfy(line ->
            assertThat(line.units())
                .containsExactly(
                    new UnitRun(15_000, 15_000, 0), new UnitRun(15_000, 15_000, 15_000)));
  }
}
