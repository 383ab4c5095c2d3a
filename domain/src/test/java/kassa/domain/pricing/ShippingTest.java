package kassa.domain.pricing;

import static kassa.domain.pricing.Carts.USD;
import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippingTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Cart.GREATEST_SUBTOTAL})
  void costs_nothing_or_something_up_to_what_a_cart_may(long cents) {
    assertThat(new Shipping(new Money(cents, USD), null).amount().minorUnits()).isEqualTo(cents);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Cart.GREATEST_SUBTOTAL + 1, Long.MAX_VALUE})
  void refuses_to_cost_less_than_nothing_or_more_than_a_cart_may(long cents) {
    assertRefused(Reason.OUT_OF_RANGE, () -> new Shipping(new Money(cents, USD), null));
  }

  @Test
  void has_a_method_of_at_most_64_characters_on_one_line() {
    Money five = new Money(500, USD);

    assertThat(new Shipping(five, "p".repeat(64)).method()).hasSize(64);
    assertRefused(Reason.TOO_LONG, () -> new Shipping(five, "p".repeat(65)));
    assertRefused(Reason.EMPTY, () -> new Shipping(five, ""));
  }
}
