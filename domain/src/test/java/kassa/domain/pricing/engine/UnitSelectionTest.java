package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestQuotes.discounts;
import static kassa.domain.testing.TestQuotes.unitDiscounts;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.pricing.Quote;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;

class UnitSelectionTest {

  private static final String THIRD_HALF = "{type: 'nth_unit_percent', n: 3, percent: '50'}";

  private static String firstFree(int units) {
    return "{type: 'percent_off_units', percent: '100', maxUnits: " + units + "} ;;";
  }

  @Test
  void counts_nth_units_across_different_unit_prices() {
    // The third unit is already free, the sixth is not.
    Quote third = TestQuotes.of("7 x 10", firstFree(4) + THIRD_HALF);
    // Both the third and the sixth still cost 10.00.
    Quote both = TestQuotes.of("7 x 10", firstFree(2) + THIRD_HALF);

    assertThat(unitDiscounts(third, 0)).isEqualTo("10.00 10.00 10.00 10.00 0.00 5.00 0.00");
    assertThat(discounts(both)).isEqualTo("30.00");
  }

  @Test
  void units_after_the_last_nth_unit_are_not_selected() {
    Quote quote = TestQuotes.of("8 x 10", THIRD_HALF);

    assertThat(discounts(quote)).isEqualTo("10.00");
    assertThat(quote.price().lines().getFirst().unitDiscounts(8).subList(5, 8))
        .extracting(it -> it.toPlainString())
        .containsExactly("5.00", "0.00", "0.00");
  }

  @Test
  void counts_nth_units_per_line() {
    assertThat(discounts(TestQuotes.of("2 x 10; 4 x 10; 3 x 2", THIRD_HALF)))
        .isEqualTo("0.00 5.00 1.00");
  }
}
