package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static kassa.domain.testing.TestCarts.USD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.testing.TestQuotes;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Lines of 100.00 at 7 %, and shipping of 5.95 at 19 % with a discount. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # gross | discount | tax  | total | tax of the order | total of the order
          false   | 0.95     | 0.95 | 5.95  | 7.95             | 112.95
          false   | 2.95     | 0.57 | 3.57  | 7.57             | 110.57
          false   | 5.95     | 0.00 | 0.00  | 7.00             | 107.00
          true    | 0.95     | 0.80 | 5.00  | 7.34             | 105.00
          true    | 2.95     | 0.48 | 3.00  | 7.02             | 103.00
          true    | 5.95     | 0.00 | 0.00  | 6.54             | 100.00
          """,
      delimiter = '|')
  void is_taxed_after_discounts_as_the_prices_of_the_lines_are(
      boolean gross,
      String discount,
      String tax,
      String total,
      String taxTotal,
      String orderTotal) {
    Cart cart =
        new Cart(
            USD,
            List.of(
                new CartLine(
                    new Sku("A"),
                    Quantity.of(1),
                    UnitPrice.parse("100", USD),
                    new TreeSet<>(),
                    null,
                    false,
                    null,
                    Percentage.parse("7"))),
            new Shipping(new Money(595, USD), null, Percentage.parse("19")),
            gross);
    PricedCart price =
        TestRules.price(
            cart,
            TestRules.fromText(
                "{effects: [{type: 'amount_off_shipping', amount: '%s'}]}".formatted(discount)));

    PricedShipping shipping = Objects.requireNonNull(price.shipping());
    assertThat(shipping.taxTotal()).hasToString(tax + " USD");
    assertThat(shipping.total()).hasToString(total + " USD");
    assertThat(price.taxTotal()).hasToString(taxTotal + " USD");
    assertThat(price.total()).hasToString(orderTotal + " USD");
    assertThat(price.taxRates())
        .extracting(rate -> rate.rate() + ": " + rate.net().plus(rate.tax()))
        .containsExactly("7: " + price.lines().getFirst().total(), "19: " + shipping.total());
  }

  @Test
  void tax_rates_add_up_lines_of_the_same_rate() {
    PricedCart price =
        TestQuotes.of(
                "1 x 100 A tax=19; 2 x 10 B tax=19; 1 x 50 C tax=7",
                "{type: 'percent_off_order', percent: '0'}")
            .price();

    assertThat(price.taxRates())
        .extracting(rate -> rate.rate() + ": " + rate.net() + " " + rate.tax())
        .containsExactly("7: 50.00 USD 3.50 USD", "19: 120.00 USD 22.80 USD");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # paid, tax
          0.00,   0.00
          3.00,   0.47
          5.94,   0.94
          5.95,   0.95
          """)
  void tax_in_a_part_of_the_total_is_rounded_down(String paid, String tax) {
    PricedShipping shipping =
        new PricedShipping(
            new Shipping(new Money(500, USD), null), List.of(), new Tax(new Money(95, USD), false));

    assertThat(shipping.taxInFirst(Money.parse("paid", paid, USD))).hasToString(tax + " USD");
  }

  @Test
  void free_shipping_has_no_tax_in_any_part() {
    PricedShipping shipping = new PricedShipping(new Shipping(new Money(0, USD), null), List.of());

    assertThat(shipping.taxInFirst(new Money(0, USD))).isEqualTo(new Money(0, USD));
  }
}
