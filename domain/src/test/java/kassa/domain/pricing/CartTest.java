package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static kassa.domain.testing.TestCarts.JPY;
import static kassa.domain.testing.TestCarts.USD;
import static kassa.domain.testing.TestCarts.line;
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

  /** 10<sup>18</sup> cents: the maximum price with the maximum quantity. */
  private static final CartLine MAX_PRICED_LINE = line("MOON", "1000000", "10000000000", USD);

  @Test
  void holds_at_least_one_line() {
    assertThat(new Cart(USD, List.of(MUG)).lines()).containsExactly(MUG);
    assertRejected(Reason.EMPTY, () -> new Cart(USD, List.of()));
  }

  @Test
  void holds_at_most_500_lines() {
    assertThat(new Cart(USD, Collections.nCopies(500, MUG)).lines()).hasSize(500);
    assertRejected(Reason.TOO_MANY, () -> new Cart(USD, Collections.nCopies(501, MUG)));
  }

  @Test
  void max_subtotal_is_10_to_the_18_minor_units() {
    CartLine zeroAfterRounding = line("DUST", "1", "0.004", USD);
    CartLine cent = line("MUG", "1", "0.01", USD);

    assertThat(new Cart(USD, List.of(MAX_PRICED_LINE, zeroAfterRounding)).lines()).hasSize(2);
    assertRejected(Reason.OUT_OF_RANGE, () -> new Cart(USD, List.of(MAX_PRICED_LINE, cent)));
    assertRejected(Reason.OUT_OF_RANGE, () -> new Cart(USD, List.of(cent, MAX_PRICED_LINE)));
  }

  @Test
  void rejects_an_excessive_subtotal_without_overflow() {
    assertRejected(
        Reason.OUT_OF_RANGE, () -> new Cart(USD, Collections.nCopies(500, MAX_PRICED_LINE)));
  }

  @Test
  void rejects_a_price_in_another_currency() {
    CartLine yen = line("MUG", "1", "100", JPY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cart(USD, List.of(MUG, yen)))
        .isNotInstanceOf(InvalidValueException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> new Cart(JPY, List.of(MUG)));
  }

  @Test
  void is_a_defensive_copy() {
    List<CartLine> lines = new ArrayList<>(List.of(MUG));
    Cart cart = new Cart(USD, lines);

    lines.add(MAX_PRICED_LINE);

    assertThat(cart.lines()).containsExactly(MUG);
  }
}
