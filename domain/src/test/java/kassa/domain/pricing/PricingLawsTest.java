package kassa.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import kassa.domain.money.Money;
import kassa.domain.testing.Cases;
import kassa.domain.testing.Law;
import kassa.domain.testing.Rules;
import org.junit.jupiter.api.Test;

/** What holds for any cart, under the rule that ships. */
class PricingLawsTest {

  private static final int TIMES = 2_000;
  private static final RuleSet SHIPPED = Rules.shipped();

  @Test
  void every_line_costs_what_big_decimal_says() {
    Law.holds(
        TIMES,
        Carts.generated(),
        cart ->
            assertThat(Rules.price(cart, SHIPPED).lines())
                .extracting(line -> line.total().toPlainString())
                .isEqualTo(
                    cart.lines().stream()
                        .map(line -> totalByTheOracle(line).toPlainString())
                        .toList()));
  }

  @Test
  void lines_sum_to_the_order() {
    Law.holds(
        TIMES,
        Carts.generated(),
        cart -> {
          PricedCart priced = Rules.price(cart, SHIPPED);
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
    Law.holds(
        TIMES,
        Carts.generated(),
        cart -> {
          PricedCart priced = Rules.price(cart, SHIPPED);
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
    Law.holds(
        TIMES,
        Carts.generated(),
        cart ->
            assertThat(Rules.price(cart, SHIPPED).lines())
                .allSatisfy(line ->
                    assertThat(line.total().minorUnits())
                        .isBetween(0L, line.subtotal().minorUnits())));
  }

  @Test
  void pricing_twice_is_pricing_once() {
    Law.holds(
        TIMES,
        Carts.generated(),
        cart -> {
          PricedCart priced = Rules.price(cart, SHIPPED);
          Cart again =
              new Cart(priced.currency(), priced.lines().stream().map(PricedLine::line).toList());
          assertThat(again).isEqualTo(cart);
          assertThat(Rules.price(again, SHIPPED)).isEqualTo(priced);
        });
  }

  @Test
  void the_order_of_the_lines_does_not_change_what_they_cost() {
    record Shuffled(Cart cart, long seed) {}
    Cases<Shuffled> shuffled =
        new Cases<>(
            random -> new Shuffled(Carts.generated().generator().apply(random), random.nextLong()),
            it ->
                Carts.generated().simpler().apply(it.cart()).map(s -> new Shuffled(s, it.seed())));

    Law.holds(
        TIMES,
        shuffled,
        it -> {
          Cart cart = it.cart();
          List<CartLine> others = Cases.shuffled(new SplittableRandom(it.seed()), cart.lines());
          PricedCart priced = Rules.price(cart, SHIPPED);
          PricedCart other = Rules.price(new Cart(cart.currency(), others), SHIPPED);
          assertThat(other.subtotal()).isEqualTo(priced.subtotal());
          assertThat(other.total()).isEqualTo(priced.total());
          assertThat(sortedByLabel(other.discounts())).isEqualTo(sortedByLabel(priced.discounts()));
          assertThat(other.lines()).containsExactlyInAnyOrderElementsOf(priced.lines());
        });
  }

  @Test
  void a_line_costs_the_same_in_company_as_alone() {
    Law.holds(
        TIMES,
        Carts.generated(),
        cart ->
            assertThat(Rules.price(cart, SHIPPED).lines())
                .isEqualTo(
                    cart.lines().stream()
                        .map(line -> Rules.price(Carts.of(line), SHIPPED).lines().getFirst())
                        .toList()));
  }

  @Test
  void a_hundred_percent_off_is_exactly_nothing() {
    RuleSet everythingIsFree = Rules.of(PricingTest.rule(1, "33.3333", "100"));

    Law.holds(
        TIMES,
        Carts.generated(),
        cart -> {
          PricedCart priced = Rules.price(cart, everythingIsFree);
          assertThat(priced.total()).isEqualTo(Money.zero(cart.currency()));
          assertThat(priced.discountTotal()).isEqualTo(priced.subtotal());
        });
  }

  private static BigDecimal totalByTheOracle(CartLine line) {
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
