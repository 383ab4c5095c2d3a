package kassa.domain.pricing;

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
import kassa.domain.testing.Cases;
import kassa.domain.testing.Effects;
import kassa.domain.testing.Law;
import kassa.domain.testing.Rules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine agrees with a slow one that was written apart from it. */
@Tag("laws")
class UnitByUnitLawsTest {

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
  void the_engine_takes_off_what_the_slow_one_does(String kind) {
    Law.holds(
        TIMES,
        new Cases<>(random -> new Case(cart(random), effect(kind, random)), it -> simpler(it)),
        it -> {
          PricedCart price = Rules.price(it.cart(), Rules.of(Rules.rule(1, 1, it.effect())));
          List<BigDecimal> expected = new UnitByUnit(it.cart()).off(it.effect());
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
  void an_effect_after_another_sees_what_is_left_of_the_lines() {
    Law.holds(
        TIMES,
        new Cases<>(
            random -> new Case(cart(random), effect("percent_off_units", random)),
            it -> simpler(it)),
        it -> {
          Effect second = new Effect.PercentOffOrder(Percentage.parse("12.5"), null, Target.ALL);
          PricedCart both = Rules.price(it.cart(), Rules.of(Rules.rule(1, 1, it.effect(), second)));
          PricedCart one = Rules.price(it.cart(), Rules.of(Rules.rule(1, 1, it.effect())));
          long left = one.total().minorUnits();
          long expected = left - Percentage.parse("12.5").of(left);
          if (both.total().minorUnits() != expected) {
            throw new AssertionError(both.total() + ", not " + expected + " cents");
          }
        });
  }

  /** Rules that take halves or all off some units of a cart, one after the other. */
  private record Stack(Cart cart, List<Effect> effects) {}

  @Test
  void rules_one_after_the_other_take_the_same_off_each_unit_as_the_slow_one_does() {
    Law.holds(
        TIMES,
        new Cases<>(
            random -> new Stack(dear(random), halves(random)),
            it ->
                Stream.concat(
                    Cases.shorter(it.effects()).map(fewer -> new Stack(it.cart(), fewer)),
                    simpler(new Case(it.cart(), it.effects().getFirst()))
                        .map(less -> new Stack(less.cart(), it.effects())))),
        it -> {
          Rule[] rules = new Rule[it.effects().size()];
          Arrays.setAll(rules, i -> Rules.rule(i + 1, 1, it.effects().get(i)));
          List<BigDecimal> found =
              Rules.price(it.cart(), Rules.of(rules)).lines().stream()
                  .flatMap(line -> line.unitDiscounts(100).stream())
                  .map(amount -> BigDecimal.valueOf(amount.minorUnits(), 2))
                  .toList();
          List<BigDecimal> expected = new UnitByUnit(it.cart()).offUnits(it.effects());
          if (!found.equals(expected)) {
            throw new AssertionError(found + ", not " + expected);
          }
        });
  }

  /** At prices that can be halved three times, and with some units of each line. */
  private static Cart dear(RandomGenerator random) {
    List<CartLine> lines = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      lines.add(
          new CartLine(
              Cases.oneOf(random, Effects.SKUS),
              Quantity.of(random.nextInt(1, 13)),
              new UnitPrice(8_000_000L * random.nextInt(1, 4), Carts.USD)));
    }
    return new Cart(Carts.USD, lines);
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
                    Cases.oneOf(random, List.of(Pick.values())),
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
              Cases.oneOf(random, Effects.SKUS),
              Quantity.of(random.nextInt(1, 6)),
              new UnitPrice(
                  10_000L * (random.nextBoolean() ? random.nextInt(4) : random.nextInt(2_000)),
                  Carts.USD)));
    }
    return new Cart(Carts.USD, lines);
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
              Cases.oneOf(random, List.of(Pick.values())),
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
                default -> new Reduction.PriceOf(new Amount(random.nextInt(1_500) * 10_000L));
              },
              null));
    }
    return new TieredQuantity(
        Cases.oneOf(random, List.of(Mode.values())),
        Cases.oneOf(random, List.of(Scope.values())),
        tiers,
        target(random));
  }

  private static UnitChoice choice(RandomGenerator random) {
    return new UnitChoice(
        random.nextBoolean() ? null : (long) random.nextInt(1, 8),
        Cases.oneOf(random, List.of(Pick.values())),
        random.nextBoolean() ? null : (long) random.nextInt(1, 4));
  }

  private static Target target(RandomGenerator random) {
    if (random.nextBoolean()) {
      return Target.ALL;
    }
    Set<Sku> skus =
        Set.copyOf(List.of(Cases.oneOf(random, Effects.SKUS), Cases.oneOf(random, Effects.SKUS)));
    return new Target(skus, null, Set.of(), null, null, false);
  }

  private static Stream<Case> simpler(Case it) {
    return Stream.concat(
            Cases.shorter(it.cart().lines()),
            Cases.withOneSimpler(
                it.cart().lines(),
                line ->
                    Cases.nearer(1, line.quantity().thousandths() / 1_000)
                        .map(less -> line.withQuantity(Quantity.of(less)))))
        .filter(lines -> !lines.isEmpty())
        .map(lines -> new Case(new Cart(Carts.USD, lines), it.effect()));
  }
}
