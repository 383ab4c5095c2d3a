package kassa.domain.pricing;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.pricing.TieredQuantity.Tier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TieredQuantityTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0.001,
          1,
          9.999,
          10,       from 10
          10.001,   from 10
          49.999,   from 10
          50,       from 50
          99.999,   from 50
          100,      from 100
          1000000,  from 100
          """)
  void a_quantity_reaches_the_highest_tier_that_begins_at_or_below_it(
      Quantity quantity, @Nullable String label) {
    assertThat(tiers("10", "50", "100").reachedBy(quantity).map(Tier::label))
        .isEqualTo(Optional.ofNullable(label));
  }

  @Test
  void has_one_tier_at_least() {
    assertThat(tiers("1").tiers()).hasSize(1);
    assertRefused(Reason.EMPTY, () -> tiers());
  }

  @Test
  void has_labels_of_one_line_and_at_most_200_characters() {
    assertThat(labelled("x".repeat(200)).label()).hasSize(200);
    assertRefused(Reason.TOO_LONG, () -> labelled("x".repeat(201)));
    assertRefused(Reason.EMPTY, () -> labelled(""));
    assertRefused(Reason.MALFORMED, () -> labelled("two\nlines"));
  }

  @Test
  void has_tiers_that_rise() {
    assertRefused(Reason.OUT_OF_RANGE, () -> tiers("10", "10"));
    assertRefused(Reason.OUT_OF_RANGE, () -> tiers("10", "9.999"));
    assertRefused(Reason.OUT_OF_RANGE, () -> tiers("10", "50", "49"));
    assertThat(tiers("10", "10.001").tiers()).hasSize(2);
  }

  @Test
  void does_not_change_with_the_list_that_it_was_made_of() {
    List<Tier> list = new ArrayList<>(tiers("10").tiers());
    TieredQuantity tiered = new TieredQuantity(list);

    list.clear();

    assertThat(tiered).isEqualTo(tiers("10"));
  }

  private static TieredQuantity tiers(String... from) {
    return new TieredQuantity(
        Arrays.stream(from)
            .map(it -> new Tier(Quantity.parse(it), Percentage.parse("10"), "from " + it))
            .toList());
  }

  private static Tier labelled(String label) {
    return new Tier(Quantity.of(10), Percentage.parse("10"), label);
  }
}
