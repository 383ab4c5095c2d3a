package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static kassa.domain.testing.TestCarts.JPY;
import static kassa.domain.testing.TestCarts.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.rule.RuleId;
import kassa.domain.testing.TestCarts;
import org.junit.jupiter.api.Test;

class PricedCartTest {

  private static final RuleId BULK = RuleId.of(new UUID(0x0190_0000_0000_7000L, 1));
  private static final RuleId SALE = RuleId.of(new UUID(0x0190_0000_0000_7000L, 2));

  @Test
  void sums_its_lines() {
    PricedCart cart =
        new PricedCart(
            USD,
            List.of(
                line(discount(BULK, 1, "Bulk", 100)), line(), line(discount(SALE, 1, "Sale", 7))));

    assertThat(cart.subtotal()).isEqualTo(dollars(3000));
    assertThat(cart.discountTotal()).isEqualTo(dollars(107));
    assertThat(cart.shippingTotal()).isEqualTo(dollars(0));
    assertThat(cart.taxTotal()).isEqualTo(dollars(0));
    assertThat(cart.total()).isEqualTo(dollars(2893));
  }

  @Test
  void merges_discounts_by_rule_version_and_label() {
    PricedCart cart =
        new PricedCart(
            USD,
            List.of(
                line(discount(SALE, 1, "Sale", 1), discount(BULK, 1, "Bulk", 10)),
                line(discount(BULK, 2, "Bulk", 100), discount(BULK, 1, "Premium", 20)),
                line(discount(BULK, 1, "Bulk", 30), discount(SALE, 1, "Sale", 2))));

    assertThat(cart.discounts())
        .containsExactly(
            discount(SALE, 1, "Sale", 3),
            discount(BULK, 1, "Bulk", 40),
            discount(BULK, 2, "Bulk", 100),
            discount(BULK, 1, "Premium", 20));
  }

  @Test
  void holds_at_least_one_line() {
    assertRejected(Reason.EMPTY, () -> new PricedCart(USD, List.of()));
  }

  @Test
  void rejects_a_line_in_another_currency() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PricedCart(JPY, List.of(line())));
  }

  @Test
  void rejects_a_subtotal_above_the_maximum() {
    PricedLine maxPriced = line(Cart.MAX_SUBTOTAL);

    assertThat(new PricedCart(USD, List.of(maxPriced)).total().minorUnits())
        .isEqualTo(Cart.MAX_SUBTOTAL);
    assertRejected(Reason.OUT_OF_RANGE, () -> new PricedCart(USD, List.of(maxPriced, line(1))));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new PricedCart(USD, List.of(maxPriced, line(Long.MAX_VALUE))));
  }

  @Test
  void is_a_defensive_copy() {
    List<PricedLine> lines = new ArrayList<>(List.of(line()));
    PricedCart cart = new PricedCart(USD, lines);

    lines.clear();

    assertThat(cart.total()).isEqualTo(dollars(1000));
  }

  /** Calculated by another implementation of FNV-1a from the text in the comment. */
  @Test
  void fingerprint_is_the_hash_of_items_and_prices() {
    // "USD\nMUG\n10000 100000000 10000 0 false\n0"
    PricedCart cart = new PricedCart(USD, List.of(line(discount(BULK, 1, "Bulk", 100))));

    assertThat(cart.fingerprint()).isEqualTo("e79642fa90c9e80e500b05a88535370d");
  }

  @Test
  void fingerprint_is_independent_of_the_rules() {
    PricedCart cart = new PricedCart(USD, List.of(line(discount(BULK, 1, "Bulk", 100))));

    assertThat(new PricedCart(USD, List.of(line(discount(SALE, 2, "Sale", 100)))).fingerprint())
        .isEqualTo(cart.fingerprint());
    assertThat(new PricedCart(USD, List.of(line(discount(BULK, 1, "Bulk", 99)))).fingerprint())
        .isNotEqualTo(cart.fingerprint());
  }

  @Test
  void fingerprint_depends_on_the_tax_on_shipping() {
    Shipping six = new Shipping(dollars(6), null);
    Shipping five = new Shipping(dollars(5), null);
    PricedCart taxed =
        new PricedCart(
            USD, List.of(line()), new PricedShipping(five, List.of(), new Tax(dollars(1), false)));
    PricedCart free = new PricedCart(USD, List.of(line()), new PricedShipping(six, List.of()));

    assertThat(taxed.shippingTotal()).isEqualTo(free.shippingTotal());
    assertThat(taxed.fingerprint()).isNotEqualTo(free.fingerprint());
    assertThat(
            new PricedCart(
                    USD,
                    List.of(line()),
                    new PricedShipping(new Shipping(dollars(0), null), List.of()))
                .fingerprint())
        .isEqualTo(new PricedCart(USD, List.of(line())).fingerprint());
  }

  @Test
  void counts_its_lines_and_all_discounts() {
    List<Discount> one = List.of(discount(SALE, 1, "Sale", 1));
    PricedLine discounted = line(discount(SALE, 1, "Sale", 1), discount(BULK, 1, "Bulk", 1));
    PricedShipping shipping = new PricedShipping(new Shipping(dollars(5), null), one);

    assertThat(new PricedCart(USD, List.of(line(), discounted, discounted)).rowCount())
        .isEqualTo(7);
    assertThat(new PricedCart(USD, List.of(line()), shipping).rowCount()).isEqualTo(2);
  }

  private static PricedLine line(Discount... discounts) {
    return new PricedLine(
        TestCarts.line("MUG", "10", "100.00", USD), dollars(1000), Arrays.asList(discounts));
  }

  private static PricedLine line(long cents) {
    return new PricedLine(
        TestCarts.line("MUG", "10", "100.00", USD), new Money(cents, USD), List.of());
  }

  private static Discount discount(RuleId rule, int version, String label, long dollars) {
    return new Discount(rule, version, label, dollars(dollars));
  }

  private static Money dollars(long dollars) {
    return new Money(dollars * 100, USD);
  }
}
