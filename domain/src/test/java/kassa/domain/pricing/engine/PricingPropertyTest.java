package kassa.domain.pricing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import kassa.domain.money.Money;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.RuleSet;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import kassa.domain.testing.TestCarts;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Test;

/** Properties of any cart with the default rule. */
class PricingPropertyTest {

  private static final int TIMES = 2_000;
  private static final RuleSet DEFAULT_RULES = TestRules.defaultRules();

  @Test
  void every_line_total_equals_big_decimal() {
    PropertyCheck.forAll(
        TIMES,
        TestCarts.generated(),
        cart ->
            assertThat(TestRules.price(cart, DEFAULT_RULES).lines())
                .extracting(line -> line.total().toPlainString())
                .isEqualTo(
                    cart.lines().stream()
                        .map(line -> expectedTotal(line).toPlainString())
                        .toList()));
  }

  @Test
  void lines_sum_to_the_order() {
    PropertyCheck.forAll(
        TIMES,
        TestCarts.generated(),
        cart -> {
          PricedCart priced = TestRules.price(cart, DEFAULT_RULES);
          assertThat(priced.subtotal()).isEqualTo(sum(priced, PricedLine::subtotal));
          assertThat(priced.discountTotal()).isEqualTo(sum(priced, PricedLine::discountTotal));
          assertThat(priced.taxTotal()).isEqualTo(sum(priced, PricedLine::taxTotal));
          assertThat(priced.total())
              .isEqualTo(sum(priced, PricedLine::total))
              .isEqualTo(
                  priced
                      .subtotal()
                      .minus(priced.discountTotal())
                      .plus(priced.shippingTotal())
                      .plus(priced.taxTotal()));
        });
  }

  @Test
  void the_discounts_of_the_cart_sum_to_its_discount_total() {
    PropertyCheck.forAll(
        TIMES,
        TestCarts.generated(),
        cart -> {
          PricedCart priced = TestRules.price(cart, DEFAULT_RULES);
          assertThat(
                  priced.discounts().stream()
                      .map(Discount::amount)
                      .reduce(Money.zero(cart.currency()), Money::plus))
              .isEqualTo(priced.discountTotal());
          assertThat(priced.discounts()).extracting(Discount::label).doesNotHaveDuplicates();
        });
  }

  @Test
  void nothing_goes_below_zero_nor_above_the_subtotal() {
    PropertyCheck.forAll(
        TIMES,
        TestCarts.generated(),
        cart ->
            assertThat(TestRules.price(cart, DEFAULT_RULES).lines())
                .allSatisfy(line ->
                    assertThat(line.total().minorUnits())
                        .isBetween(0L, line.subtotal().minorUnits())));
  }

  @Test
  void pricing_is_deterministic() {
    PropertyCheck.forAll(
        TIMES,
        TestCarts.generated(),
        cart -> {
          PricedCart priced = TestRules.price(cart, DEFAULT_RULES);
          Cart again =
              new Cart(priced.currency(), priced.lines().stream().map(PricedLine::line).toList());
          assertThat(again).isEqualTo(cart);
          assertThat(TestRules.price(again, DEFAULT_RULES)).isEqualTo(priced);
        });
  }

  @Test
  void line_order_does_not_change_line_totals() {
    record Shuffled(Cart cart, long seed) {}
    CaseGenerator<Shuffled> shuffled =
        new CaseGenerator<>(
            random ->
                new Shuffled(TestCarts.generated().generator().apply(random), random.nextLong()),
            it ->
                TestCarts.generated()
                    .shrink()
                    .apply(it.cart())
                    .map(s -> new Shuffled(s, it.seed())));

    PropertyCheck.forAll(
        TIMES,
        shuffled,
        it -> {
          Cart cart = it.cart();
          List<CartLine> others =
              CaseGenerator.shuffled(new SplittableRandom(it.seed()), cart.lines());
          PricedCart priced = TestRules.price(cart, DEFAULT_RULES);
          PricedCart other = TestRules.price(new Cart(cart.currency(), others), DEFAULT_RULES);
          assertThat(other.subtotal()).isEqualTo(priced.subtotal());
          assertThat(other.total()).isEqualTo(priced.total());
          assertThat(sortedByLabel(other.discounts())).isEqualTo(sortedByLabel(priced.discounts()));
          assertThat(other.lines()).containsExactlyInAnyOrderElementsOf(priced.lines());
        });
  }

  @Test
  void a_line_costs_the_same_alone_as_with_other_lines() {
    PropertyCheck.forAll(
        TIMES,
        TestCarts.generated(),
        cart ->
            assertThat(TestRules.price(cart, DEFAULT_RULES).lines())
                .isEqualTo(
                    cart.lines().stream()
                        .map(line ->
                            TestRules.price(TestCarts.of(line), DEFAULT_RULES).lines().getFirst())
                        .toList()));
  }

  @Test
  void a_discount_of_100_percent_costs_exactly_zero() {
    RuleSet everythingIsFree = TestRules.of(PricingTest.rule(1, "33.3333", "100"));

    PropertyCheck.forAll(
        TIMES,
        TestCarts.generated(),
        cart -> {
          PricedCart priced = TestRules.price(cart, everythingIsFree);
          assertThat(priced.total()).isEqualTo(Money.zero(cart.currency()));
          assertThat(priced.discountTotal()).isEqualTo(priced.subtotal());
        });
  }

  private static BigDecimal expectedTotal(CartLine line) {
    int places = line.unitPrice().currency().getDefaultFractionDigits();
    BigDecimal quantity = line.quantity().toBigDecimal();
    BigDecimal subtotal =
        line.unitPrice().toBigDecimal().multiply(quantity).setScale(places, RoundingMode.HALF_UP);
    String share =
        quantity.compareTo(BigDecimal.valueOf(50)) >= 0
            ? "0.2"
            : quantity.compareTo(BigDecimal.TEN) >= 0 ? "0.1" : "0";
    return subtotal.subtract(
        subtotal.multiply(new BigDecimal(share)).setScale(places, RoundingMode.HALF_UP));
  }

  private static Money sum(PricedCart priced, Function<PricedLine, Money> part) {
    return priced.lines().stream().map(part).reduce(Money.zero(priced.currency()), Money::plus);
  }

  private static List<Discount> sortedByLabel(List<Discount> discounts) {
    return discounts.stream().sorted(Comparator.comparing(Discount::label)).toList();
  }
}
