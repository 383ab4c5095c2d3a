package kassa.domain.pricing;

import static kassa.domain.pricing.Carts.JPY;
import static kassa.domain.pricing.Carts.USD;
import static kassa.domain.pricing.Carts.line;
import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class CartTest {

  private static final CartLine MUG = line("MUG", "1", "100.00", USD);

  /** 10<sup>18</sup> cents: the dearest thing, as often as anything can be bought. */
  private static final CartLine DEAREST = line("MOON", "1000000", "10000000000", USD);

  @Test
  void holds_at_least_one_line() {
    assertThat(new Cart(USD, List.of(MUG)).lines()).containsExactly(MUG);
    assertRefused(Reason.EMPTY, () -> new Cart(USD, List.of()));
  }

  @Test
  void holds_at_most_500_lines() {
    assertThat(new Cart(USD, Collections.nCopies(500, MUG)).lines()).hasSize(500);
    assertRefused(Reason.TOO_MANY, () -> new Cart(USD, Collections.nCopies(501, MUG)));
  }

  @Test
  void costs_at_most_a_million_million_million_minor_units() {
    CartLine nothingAfterRounding = line("DUST", "1", "0.004", USD);
    CartLine cent = line("MUG", "1", "0.01", USD);

    assertThat(new Cart(USD, List.of(DEAREST, nothingAfterRounding)).lines()).hasSize(2);
    assertRefused(Reason.OUT_OF_RANGE, () -> new Cart(USD, List.of(DEAREST, cent)));
    assertRefused(Reason.OUT_OF_RANGE, () -> new Cart(USD, List.of(cent, DEAREST)));
  }

  @Test
  void does_not_overflow_however_much_too_dear_it_is() {
    assertRefused(Reason.OUT_OF_RANGE, () -> new Cart(USD, Collections.nCopies(500, DEAREST)));
  }

  @Test
  void refuses_a_price_in_another_currency() {
    CartLine yen = line("MUG", "1", "100", JPY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cart(USD, List.of(MUG, yen)))
        .isNotInstanceOf(InvalidValueException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> new Cart(JPY, List.of(MUG)));
  }

  @Test
  void does_not_change_with_the_list_that_it_was_made_of() {
    List<CartLine> lines = new ArrayList<>(List.of(MUG));
    Cart cart = new Cart(USD, lines);

    lines.add(DEAREST);

    assertThat(cart.lines()).containsExactly(MUG);
  }
}
