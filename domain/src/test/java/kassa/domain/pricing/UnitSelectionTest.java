package kassa.domain.pricing;

import static kassa.domain.pricing.Quotes.off;
import static kassa.domain.pricing.Quotes.offUnits;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitSelectionTest {

  private static final String THIRD_HALF = "{type: 'nth_unit_percent', n: 3, percent: '50'}";

  private static String firstFree(int units) {
    return "{type: 'percent_off_units', percent: '100', maxUnits: " + units + "} ;;";
  }

  @Test
  void the_nth_unit_is_counted_through_units_that_cost_different_amounts() {
    // The third unit is free already, the sixth is not.
    Quote third = Quotes.of("7 x 10", firstFree(4) + THIRD_HALF);
    // Both the third and the sixth still cost 10.00.
    Quote both = Quotes.of("7 x 10", firstFree(2) + THIRD_HALF);

    assertThat(offUnits(third, 0)).isEqualTo("10.00 10.00 10.00 10.00 0.00 5.00 0.00");
    assertThat(off(both)).isEqualTo("30.00");
  }

  @Test
  void the_last_of_the_nth_units_is_one_and_those_behind_it_are_not() {
    Quote quote = Quotes.of("8 x 10", THIRD_HALF);

    assertThat(off(quote)).isEqualTo("10.00");
    assertThat(quote.price().lines().getFirst().unitDiscounts(8).subList(5, 8))
        .extracting(it -> it.toPlainString())
        .containsExactly("5.00", "0.00", "0.00");
  }

  @Test
  void each_line_is_counted_from_its_first_unit() {
    assertThat(off(Quotes.of("2 x 10; 4 x 10; 3 x 2", THIRD_HALF))).isEqualTo("0.00 5.00 1.00");
  }
}
