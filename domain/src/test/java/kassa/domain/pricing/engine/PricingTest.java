package kassa.domain.pricing.engine;

import static kassa.domain.testing.TestCarts.JPY;
import static kassa.domain.testing.TestCarts.USD;
import static kassa.domain.testing.TestCarts.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import kassa.domain.InvalidValueException;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.effect.TierPricing;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Rule;
import kassa.domain.rule.Target;
import kassa.domain.testing.TestCarts;
import kassa.domain.testing.TestQuotes;
import kassa.domain.testing.TestRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {

  private static final RuleSet DEFAULT_RULES = TestRules.defaultRules();

  @Test
  void refuses_more_discounts_than_the_maximum() {
    String cart = String.join("; ", Collections.nCopies(Cart.MAX_LINES, "1 x 100"));
    List<String> fifty = Collections.nCopies(50, "{type: 'percent_off_order', percent: '1'}");

    assertThat(TestQuotes.of(cart, String.join(" ;; ", fifty)).price().rowCount())
        .isEqualTo(Cart.MAX_LINES + Cart.MAX_DISCOUNTS);
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() ->
            TestQuotes.of(
                cart, String.join(" ;; ", fifty) + " ;; {type: 'amount_off_order', amount: '1'}"))
        .withMessageContaining("25000 discounts");
  }

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
  void default_rule_discounts_10_percent_from_10_and_20_from_50(
      String price,
      String quantity,
      String subtotal,
      String discount,
      String total,
      @Nullable String label) {
    PricedCart priced =
        TestRules.price(TestCarts.of(line("MUG", quantity, price, USD)), DEFAULT_RULES);

    assertThat(priced.subtotal().toPlainString()).isEqualTo(subtotal);
    assertThat(priced.discountTotal().toPlainString()).isEqualTo(discount);
    assertThat(priced.total().toPlainString()).isEqualTo(total);
    assertThat(labels(priced)).isEqualTo(label == null ? "" : label);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # A tie of the discount is rounded up, so the customer pays less.
          USD, 0.05,      11,     0.55,  0.06,   0.49
          USD, 0.05,      10,     0.50,  0.05,   0.45
          USD, 0.07,      50,     3.50,  0.70,   2.80
          USD, 1.01,      10,    10.10,  1.01,   9.09
          USD, 0.35,      10.1,   3.54,  0.35,   3.19
          # The subtotal is rounded before the discount is calculated.
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
    PricedCart priced =
        TestRules.price(TestCarts.of(line("MUG", quantity, price, currency)), DEFAULT_RULES);

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
  void a_quantity_is_in_the_highest_tier_at_or_below_it(Quantity quantity, @Nullable String label) {
    List<QuantityTier> tiers =
        List.of(
            TestRules.tier("10", "1", "from 10"),
            TestRules.tier("50", "2", "from 50"),
            TestRules.tier("100", "3", "from 100"));

    QuantityTier reached = TierPricing.highestReached(tiers, quantity.thousandths());

    assertThat(reached == null ? null : reached.label()).isEqualTo(label);
  }

  @Test
  void reports_the_discount_of_each_rule_per_line() {
    CartLine ten = line("MUG", "10", "100.00", USD);
    Rule defaultRule = DEFAULT_RULES.rules().getFirst();

    PricedLine priced = TestRules.price(TestCarts.of(ten), DEFAULT_RULES).lines().getFirst();

    assertThat(priced)
        .isEqualTo(
            new PricedLine(
                ten,
                new Money(100_000, USD),
                List.of(new Discount(defaultRule.id(), 1, "Bulk 10%", new Money(10_000, USD)))));
  }

  @Test
  void omits_a_discount_that_rounds_to_zero() {
    PricedCart priced =
        TestRules.price(TestCarts.of(line("DUST", "10", "0.004", USD)), DEFAULT_RULES);

    assertThat(priced.discounts()).isEmpty();
    assertThat(priced.lines().getFirst().discounts()).isEmpty();
  }

  @Test
  void applies_tiers_per_line_and_keeps_the_line_order() {
    PricedCart priced =
        TestRules.price(
            TestCarts.of(
                line("MUG", "50", "1.00", USD),
                line("TEE", "9", "1.00", USD),
                line("CAP", "10", "1.00", USD),
                line("PIN", "10", "2.00", USD)),
            DEFAULT_RULES);

    assertThat(priced.lines())
        .extracting(line -> line.line().sku() + " " + line.total())
        .containsExactly("MUG 40.00 USD", "TEE 9.00 USD", "CAP 9.00 USD", "PIN 18.00 USD");
    assertThat(priced.discounts())
        .extracting(discount -> discount.label() + " " + discount.amount())
        .containsExactly("Premium 20% 10.00 USD", "Bulk 10% 3.00 USD");
  }

  @Test
  void does_not_add_up_two_lines_of_the_same_sku() {
    CartLine five = line("MUG", "5", "100.00", USD);

    PricedCart priced = TestRules.price(TestCarts.of(five, five), DEFAULT_RULES);

    assertThat(priced.lines()).hasSize(2);
    assertThat(priced.total()).isEqualTo(new Money(100_000, USD));
    assertThat(priced.discounts()).isEmpty();
  }

  @Test
  void applies_no_discount_without_rules() {
    PricedCart priced =
        TestRules.price(TestCarts.of(line("MUG", "50", "100", JPY)), TestRules.of());

    assertThat(priced.total()).isEqualTo(priced.subtotal()).isEqualTo(new Money(5_000, JPY));
    assertThat(priced.discounts()).isEmpty();
  }

  @Test
  void each_effect_applies_to_the_remaining_amount() {
    RuleSet rules = TestRules.of(rule(1, "10", "50"), rule(2, "20"));

    PricedLine priced =
        TestRules.price(TestCarts.of(line("MUG", "1", "100.00", USD)), rules).lines().getFirst();

    assertThat(priced.discounts())
        .extracting(discount -> discount.ruleVersion() + ": " + discount.amount())
        .containsExactly("1: 10.00 USD", "1: 45.00 USD", "2: 9.00 USD");
    assertThat(priced.total()).isEqualTo(new Money(3_600, USD));
  }

  @Test
  void a_rule_after_a_full_discount_has_no_effect() {
    RuleSet rules = TestRules.of(rule(1, "100"), rule(2, "20"));

    PricedLine priced =
        TestRules.price(TestCarts.of(line("MUG", "1", "100.00", USD)), rules).lines().getFirst();

    assertThat(priced.discounts()).extracting(Discount::ruleVersion).containsExactly(1);
    assertThat(priced.total()).isEqualTo(Money.zero(USD));
  }

  /** A rule with one effect for each percentage, for any quantity. */
  static Rule rule(int version, String... percents) {
    return TestRules.rule(
        version,
        version,
        Arrays.stream(percents)
            .map(percent ->
                new TieredQuantity(
                    Mode.VOLUME,
                    Scope.LINE,
                    List.of(TestRules.tier("0.001", percent, percent + "%")),
                    Target.ALL))
            .toArray(Effect[]::new));
  }

  private static String labels(PricedCart priced) {
    return priced.discounts().stream().map(Discount::label).collect(Collectors.joining());
  }
}
