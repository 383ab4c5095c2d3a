package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static kassa.domain.testing.TestCarts.USD;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippingTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Cart.MAX_SUBTOTAL})
  void accepts_zero_up_to_the_max_subtotal(long cents) {
    assertThat(new Shipping(new Money(cents, USD), null).amount().minorUnits()).isEqualTo(cents);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Cart.MAX_SUBTOTAL + 1, Long.MAX_VALUE})
  void rejects_negative_amounts_and_amounts_above_the_max_subtotal(long cents) {
    assertRejected(Reason.OUT_OF_RANGE, () -> new Shipping(new Money(cents, USD), null));
  }

  @Test
  void has_a_method_of_at_most_64_characters_on_one_line() {
    Money five = new Money(500, USD);

    assertThat(new Shipping(five, "p".repeat(64)).method()).hasSize(64);
    assertRejected(Reason.TOO_LONG, () -> new Shipping(five, "p".repeat(65)));
    assertRejected(Reason.EMPTY, () -> new Shipping(five, ""));
  }
}
