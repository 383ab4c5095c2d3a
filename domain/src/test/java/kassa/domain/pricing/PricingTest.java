package kassa.domain.pricing;

import static kassa.domain.pricing.Carts.JPY;
import static kassa.domain.pricing.Carts.USD;
import static kassa.domain.pricing.Carts.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Rule;
import kassa.domain.rule.Target;
import kassa.domain.testing.Rules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {

  private static final RuleSet SHIPPED = Rules.shipped();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # price,  quantity, subtotal, discount,   total, label
            100.00,        1,   100.00,     0.00,  100.00,
            100.00,        9,   900.00,     0.00,  900.00,
            100.00,    9.999,   999.90,     0.00,  999.90,
            100.00,       10,  1000.00,   100.00,  900.00, Bulk 10%
            100.00,   10.000,  1000.00,   100.00,  900.00, Bulk 10%
            100.00,   10.001,  1000.10,   100.01,  900.09, Bulk 10%
            100.00,       11,  1100.00,   110.00,  990.00, Bulk 10%
            100.00,       49,  4900.00,   490.00, 4410.00, Bulk 10%
            100.00,   49.999,  4999.90,   499.99, 4499.91, Bulk 10%
            100.00,       50,  5000.00,  1000.00, 4000.00, Premium 20%
            100.00,       51,  5100.00,  1020.00, 4080.00, Premium 20%
            100.00,  1000000, 100000000.00, 20000000.00, 80000000.00, Premium 20%
          """)
  void the_rule_that_ships_takes_off_10_percent_from_10_and_20_percent_from_50(
      String price,
      String quantity,
      String subtotal,
      String discount,
      String total,
      @Nullable String label) {
    PricedCart priced = Rules.price(Carts.of(line("MUG", quantity, price, USD)), SHIPPED);

    assertThat(priced.subtotal().toPlainString()).isEqualTo(subtotal);
    assertThat(priced.discountTotal().toPlainString()).isEqualTo(discount);
    assertThat(priced.total().toPlainString()).isEqualTo(total);
    assertThat(labels(priced)).isEqualTo(label == null ? "" : label);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # A tie on the discount goes up, so the buyer pays less.
          USD, 0.05,      11,     0.55,  0.06,   0.49
          USD, 0.05,      10,     0.50,  0.05,   0.45
          USD, 0.07,      50,     3.50,  0.70,   2.80
          USD, 1.01,      10,    10.10,  1.01,   9.09
          USD, 0.35,      10.1,   3.54,  0.35,   3.19
          # The subtotal is rounded first, the discount is taken of what it is then.
          USD, 0.0145,    10,     0.15,  0.02,   0.13
          USD, 0.0144,    10,     0.14,  0.01,   0.13
          # Prices below the minor unit.
          USD, 0.004,     10,     0.04,  0.00,   0.04
          USD, 0.005,     10,     0.05,  0.01,   0.04
          USD, 0.0005,    10,     0.01,  0.00,   0.01
          USD, 0.000499,  10,     0.00,  0.00,   0.00
          USD, 0.000001,  1000000, 1.00, 0.20,   0.80
          USD, 0,         50,     0.00,  0.00,   0.00
          # No decimal places, and three.
          JPY, 105,       10,     1050,   105,    945
          JPY, 1,         15,       15,     2,     13
          JPY, 1,         14,       14,     1,     13
          JPY, 1.5,       10,       15,     2,     13
          JPY, 333,       50,    16650,  3330,  13320
          BHD, 0.005,     11,    0.055, 0.006,  0.049
          BHD, 19.990,    10,  199.900, 19.990, 179.910
          BHD, 0.0005,    50,    0.025, 0.005,  0.020
          CLF, 0.0001,    15,   0.0015, 0.0002, 0.0013
          """)
  void rounds_each_line_once_and_its_discount_once(
      Currency currency,
      String price,
      String quantity,
      String subtotal,
      String discount,
      String total) {
    PricedCart priced = Rules.price(Carts.of(line("MUG", quantity, price, currency)), SHIPPED);

    assertThat(priced.subtotal().toPlainString()).isEqualTo(subtotal);
    assertThat(priced.discountTotal().toPlainString()).isEqualTo(discount);
    assertThat(priced.total().toPlainString()).isEqualTo(total);
  }

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
    List<QuantityTier> tiers =
        List.of(
            Rules.tier("10", "1", "from 10"),
            Rules.tier("50", "2", "from 50"),
            Rules.tier("100", "3", "from 100"));

    QuantityTier reached = TierPricing.reached(tiers, quantity.thousandths());

    assertThat(reached == null ? null : reached.label()).isEqualTo(label);
  }

  @Test
  void says_which_rule_took_what_off_which_line() {
    CartLine ten = line("MUG", "10", "100.00", USD);
    Rule shipped = SHIPPED.rules().getFirst();

    PricedLine priced = Rules.price(Carts.of(ten), SHIPPED).lines().getFirst();

    assertThat(priced)
        .isEqualTo(
            new PricedLine(
                ten,
                new Money(100_000, USD),
                List.of(new Discount(shipped.id(), 1, "Bulk 10%", new Money(10_000, USD)))));
  }

  @Test
  void says_nothing_of_a_discount_that_rounds_to_nothing() {
    PricedCart priced = Rules.price(Carts.of(line("DUST", "10", "0.004", USD)), SHIPPED);

    assertThat(priced.discounts()).isEmpty();
    assertThat(priced.lines().getFirst().discounts()).isEmpty();
  }

  @Test
  void each_line_is_in_a_tier_of_its_own_and_they_stay_in_their_order() {
    PricedCart priced =
        Rules.price(
            Carts.of(
                line("MUG", "50", "1.00", USD),
                line("TEE", "9", "1.00", USD),
                line("CAP", "10", "1.00", USD),
                line("PIN", "10", "2.00", USD)),
            SHIPPED);

    assertThat(priced.lines())
        .extracting(line -> line.line().sku() + " " + line.total())
        .containsExactly("MUG 40.00 USD", "TEE 9.00 USD", "CAP 9.00 USD", "PIN 18.00 USD");
    assertThat(priced.discounts())
        .extracting(discount -> discount.label() + " " + discount.amount())
        .containsExactly("Premium 20% 10.00 USD", "Bulk 10% 3.00 USD");
  }

  @Test
  void the_same_sku_twice_is_two_lines_that_do_not_add_up() {
    CartLine five = line("MUG", "5", "100.00", USD);

    PricedCart priced = Rules.price(Carts.of(five, five), SHIPPED);

    assertThat(priced.lines()).hasSize(2);
    assertThat(priced.total()).isEqualTo(new Money(100_000, USD));
    assertThat(priced.discounts()).isEmpty();
  }

  @Test
  void takes_nothing_off_without_rules() {
    PricedCart priced = Rules.price(Carts.of(line("MUG", "50", "100", JPY)), Rules.of());

    assertThat(priced.total()).isEqualTo(priced.subtotal()).isEqualTo(new Money(5_000, JPY));
    assertThat(priced.discounts()).isEmpty();
  }

  @Test
  void each_effect_looks_at_what_those_before_it_left() {
    RuleSet rules = Rules.of(rule(1, "10", "50"), rule(2, "20"));

    PricedLine priced =
        Rules.price(Carts.of(line("MUG", "1", "100.00", USD)), rules).lines().getFirst();

    assertThat(priced.discounts())
        .extracting(discount -> discount.ruleVersion() + ": " + discount.amount())
        .containsExactly("1: 10.00 USD", "1: 45.00 USD", "2: 9.00 USD");
    assertThat(priced.total()).isEqualTo(new Money(3_600, USD));
  }

  @Test
  void a_rule_after_the_whole_is_gone_takes_nothing_off() {
    RuleSet rules = Rules.of(rule(1, "100"), rule(2, "20"));

    PricedLine priced =
        Rules.price(Carts.of(line("MUG", "1", "100.00", USD)), rules).lines().getFirst();

    assertThat(priced.discounts()).extracting(Discount::ruleVersion).containsExactly(1);
    assertThat(priced.total()).isEqualTo(Money.zero(USD));
  }

  /** A rule of so many per cent each off any quantity. */
  static Rule rule(int version, String... percents) {
    return Rules.rule(
        version,
        version,
        Arrays.stream(percents)
            .map(percent ->
                new TieredQuantity(
                    Mode.VOLUME,
                    Scope.LINE,
                    List.of(Rules.tier("0.001", percent, percent + "%")),
                    Target.ALL))
            .toArray(Effect[]::new));
  }

  private static String labels(PricedCart priced) {
    return priced.discounts().stream().map(Discount::label).collect(Collectors.joining());
  }
}
