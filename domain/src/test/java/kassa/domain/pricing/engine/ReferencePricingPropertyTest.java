package kassa.domain.pricing.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricedCart;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.Pick;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Rule;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import kassa.domain.testing.RandomEffects;
import kassa.domain.testing.TestCarts;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the engine with an independent reference implementation. */
@Tag("laws")
class ReferencePricingPropertyTest {

  private static final int TIMES = 10_000;

  /** An effect on a small cart. */
  private record Case(Cart cart, Effect effect) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "percent_off_order",
        "amount_off_order",
        "percent_off_units",
        "amount_off_units",
        "fixed_unit_price",
        "tiered_quantity",
        "quantity_group",
        "buy_x_get_y",
        "nth_unit_percent"
      })
  void engine_equals_the_reference_for_one_effect(String kind) {
    PropertyCheck.forAll(
        TIMES,
        new CaseGenerator<>(
            random -> new Case(cart(random), effect(kind, random)), it -> shrink(it)),
        it -> {
          PricedCart price =
              TestRules.price(it.cart(), TestRules.of(TestRules.rule(1, 1, it.effect())));
          List<BigDecimal> expected = new ReferencePricing(it.cart()).discounts(it.effect());
          for (int line = 0; line < expected.size(); line++) {
            long found = price.lines().get(line).discountTotal().minorUnits();
            if (expected.get(line).compareTo(BigDecimal.valueOf(found, 2)) != 0) {
              throw new AssertionError(
                  "line " + line + ": " + found + " cents, not " + expected.get(line));
            }
          }
        });
  }

  @Test
  void second_effect_applies_to_remaining_amounts() {
    PropertyCheck.forAll(
        TIMES,
        new CaseGenerator<>(
            random -> new Case(cart(random), effect("percent_off_units", random)),
            it -> shrink(it)),
        it -> {
          Effect second = new Effect.PercentOffOrder(Percentage.parse("12.5"), null, Target.ALL);
          PricedCart both =
              TestRules.price(it.cart(), TestRules.of(TestRules.rule(1, 1, it.effect(), second)));
          PricedCart one =
              TestRules.price(it.cart(), TestRules.of(TestRules.rule(1, 1, it.effect())));
          long left = one.total().minorUnits();
          long expected = left - Percentage.parse("12.5").of(left);
          if (both.total().minorUnits() != expected) {
            throw new AssertionError(both.total() + ", not " + expected + " cents");
          }
        });
  }

  /** Consecutive rules with 50 % or 100 % off units of a cart. */
  private record Stack(Cart cart, List<Effect> effects) {}

  @Test
  void engine_equals_the_reference_for_rule_sequences_per_unit() {
    PropertyCheck.forAll(
        TIMES,
        new CaseGenerator<>(
            random -> new Stack(highPricedCart(random), halves(random)),
            it ->
                Stream.concat(
                    CaseGenerator.shorterLists(it.effects())
                        .map(fewer -> new Stack(it.cart(), fewer)),
                    shrink(new Case(it.cart(), it.effects().getFirst()))
                        .map(less -> new Stack(less.cart(), it.effects())))),
        it -> {
          Rule[] rules = new Rule[it.effects().size()];
          Arrays.setAll(rules, i -> TestRules.rule(i + 1, 1, it.effects().get(i)));
          List<BigDecimal> found =
              TestRules.price(it.cart(), TestRules.of(rules)).lines().stream()
                  .flatMap(line -> line.unitDiscounts(100).stream())
                  .map(amount -> BigDecimal.valueOf(amount.minorUnits(), 2))
                  .toList();
          List<BigDecimal> expected = new ReferencePricing(it.cart()).unitDiscounts(it.effects());
          if (!found.equals(expected)) {
            throw new AssertionError(found + ", not " + expected);
          }
        });
  }

  /** A cart with prices that can be halved three times. */
  private static Cart highPricedCart(RandomGenerator random) {
    List<CartLine> lines = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      lines.add(
          new CartLine(
              CaseGenerator.oneOf(random, RandomEffects.SKUS),
              Quantity.of(random.nextInt(1, 13)),
              new UnitPrice(8_000_000L * random.nextInt(1, 4), TestCarts.USD)));
    }
    return new Cart(TestCarts.USD, lines);
  }

  private static List<Effect> halves(RandomGenerator random) {
    List<Effect> effects = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      Percentage percent = Percentage.parse(random.nextBoolean() ? "50" : "100");
      effects.add(
          switch (random.nextInt(4)) {
            case 0 -> new Effect.PercentOffUnits(percent, target(random), choice(random));
            case 1 ->
                new Effect.QuantityGroup(
                    random.nextInt(1, 6), new Reduction.PercentOff(percent), target(random));
            case 2 ->
                new Effect.BuyXGetY(
                    random.nextInt(1, 4),
                    random.nextInt(1, 4),
                    percent,
                    target(random),
                    target(random),
                    CaseGenerator.oneOf(random, List.of(Pick.values())),
                    random.nextBoolean() ? null : (long) random.nextInt(1, 4),
                    random.nextBoolean());
            default ->
                new Effect.NthUnitPercent(
                    random.nextInt(1, 5),
                    percent,
                    random.nextBoolean() ? null : (long) random.nextInt(1, 4),
                    target(random));
          });
    }
    return effects;
  }

  private static Cart cart(RandomGenerator random) {
    List<CartLine> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      lines.add(
          new CartLine(
              CaseGenerator.oneOf(random, RandomEffects.SKUS),
              Quantity.of(random.nextInt(1, 6)),
              new UnitPrice(
                  10_000L * (random.nextBoolean() ? random.nextInt(4) : random.nextInt(2_000)),
                  TestCarts.USD)));
    }
    return new Cart(TestCarts.USD, lines);
  }

  private static Effect effect(String kind, RandomGenerator random) {
    Percentage percent = new Percentage(random.nextInt(101) * 10_000L);
    Amount amount = new Amount(random.nextInt(1_500) * 10_000L);
    Reduction reduction =
        random.nextBoolean() ? new Reduction.PercentOff(percent) : new Reduction.AmountOff(amount);
    return switch (kind) {
      case "percent_off_order" ->
          new Effect.PercentOffOrder(percent, random.nextBoolean() ? null : amount, target(random));
      case "amount_off_order" -> new Effect.AmountOffOrder(amount, target(random));
      case "percent_off_units" ->
          new Effect.PercentOffUnits(percent, target(random), choice(random));
      case "amount_off_units" -> new Effect.AmountOffUnits(amount, target(random), choice(random));
      case "fixed_unit_price" -> new Effect.FixedUnitPrice(amount, target(random));
      case "tiered_quantity" -> tiered(random);
      case "quantity_group" ->
          new Effect.QuantityGroup(random.nextInt(1, 6), reduction, target(random));
      case "buy_x_get_y" ->
          new Effect.BuyXGetY(
              random.nextInt(1, 4),
              random.nextInt(1, 4),
              percent,
              target(random),
              target(random),
              CaseGenerator.oneOf(random, List.of(Pick.values())),
              random.nextBoolean() ? null : (long) random.nextInt(1, 4),
              random.nextBoolean());
      default ->
          new Effect.NthUnitPercent(
              random.nextInt(1, 5),
              percent,
              random.nextBoolean() ? null : (long) random.nextInt(1, 4),
              target(random));
    };
  }

  private static Effect tiered(RandomGenerator random) {
    List<QuantityTier> tiers = new ArrayList<>();
    long from = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      from += random.nextInt(1, 4);
      tiers.add(
          new QuantityTier(
              Quantity.of(from),
              switch (random.nextInt(3)) {
                case 0 -> new Reduction.PercentOff(new Percentage(random.nextInt(101) * 10_000L));
                case 1 -> new Reduction.AmountOff(new Amount(random.nextInt(1_500) * 10_000L));
                default -> new Reduction.FixedPrice(new Amount(random.nextInt(1_500) * 10_000L));
              },
              null));
    }
    return new TieredQuantity(
        CaseGenerator.oneOf(random, List.of(Mode.values())),
        CaseGenerator.oneOf(random, List.of(Scope.values())),
        tiers,
        target(random));
  }

  private static UnitChoice choice(RandomGenerator random) {
    return new UnitChoice(
        random.nextBoolean() ? null : (long) random.nextInt(1, 8),
        CaseGenerator.oneOf(random, List.of(Pick.values())),
        random.nextBoolean() ? null : (long) random.nextInt(1, 4));
  }

  private static Target target(RandomGenerator random) {
    if (random.nextBoolean()) {
      return Target.ALL;
    }
    Set<Sku> skus =
        Set.copyOf(
            List.of(
                CaseGenerator.oneOf(random, RandomEffects.SKUS),
                CaseGenerator.oneOf(random, RandomEffects.SKUS)));
    return new Target(skus, null, Set.of(), null, null, false);
  }

  private static Stream<Case> shrink(Case it) {
    return Stream.concat(
            CaseGenerator.shorterLists(it.cart().lines()),
            CaseGenerator.withOneSimpler(
                it.cart().lines(),
                line ->
                    CaseGenerator.closerNumbers(1, line.quantity().thousandths() / 1_000)
                        .map(less -> line.withQuantity(Quantity.of(less)))))
        .filter(lines -> !lines.isEmpty())
        .map(lines -> new Case(new Cart(TestCarts.USD, lines), it.effect()));
  }
}
