package kassa.domain.testing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.rule.AmountTier;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.Pick;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;
import org.jspecify.annotations.Nullable;

/** Generator of random effects of every kind. */
public final class RandomEffects {

  /** The skus of generated carts. */
  public static final List<Sku> SKUS =
      List.of(new Sku("MUG"), new Sku("TEE"), new Sku("CAP"), new Sku("PIN"));

  /** The tags of generated carts. */
  public static final List<Tag> TAGS = List.of(new Tag("home"), new Tag("wear"), new Tag("gift"));

  /** The number of kinds. */
  public static final int KIND_COUNT = 17;

  private final RandomGenerator random;
  private final Currency currency;

  /**
   * Creates a generator.
   *
   * @param currency the currency of the carts
   */
  public RandomEffects(RandomGenerator random, Currency currency) {
    this.random = random;
    this.currency = currency;
  }

  /** Returns an effect of any kind. */
  public Effect any() {
    return ofKind(random.nextInt(KIND_COUNT));
  }

  private Effect ofKind(int kind) {
    return switch (kind) {
      case 0 -> new Effect.PercentOffOrder(percent(), nullable(this::wholeAmount), target());
      case 1 -> new Effect.AmountOffOrder(wholeAmount(), target());
      case 2 -> new Effect.PercentOffUnits(percent(), target(), choice());
      case 3 -> new Effect.AmountOffUnits(amount(), target(), choice());
      case 4 -> new Effect.AmountOffLine(wholeAmount(), target());
      case 5 -> new Effect.FixedUnitPrice(amount(), target());
      case 6 -> tieredQuantity();
      case 7 -> tieredOrderAmount();
      case 8 -> new Effect.QuantityGroup(count(), percentOrAmount(), target());
      case 9 ->
          new Effect.BuyXGetY(
              count(),
              count(),
              percent(),
              target(),
              target(),
              pick(),
              nullable(this::count),
              nextBoolean());
      case 10 -> new Effect.NthUnitPercent(count(), percent(), nullable(this::count), target());
      case 11 -> bundle();
      case 12 -> new Effect.FreeGift(sku(), amount(), nullable(this::sku));
      case 13 -> new Effect.PercentOffShipping(percent());
      case 14 -> new Effect.AmountOffShipping(wholeAmount());
      case 15 -> new Effect.PercentOffItemsAndShipping(percent());
      default -> new Effect.AmountOffItemsAndShipping(wholeAmount());
    };
  }

  private Effect tieredQuantity() {
    List<QuantityTier> tiers = new ArrayList<>();
    long from = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      from += nextBoolean() ? 300 * count() : 1 + CaseGenerator.anyMagnitude(random, 20_000);
      tiers.add(
          new QuantityTier(
              new Quantity(from),
              nextBoolean() ? new Reduction.FixedPrice(amount()) : percentOrAmount(),
              nextBoolean() ? null : "tier"));
    }
    return new Effect.TieredQuantity(
        nextBoolean() ? Mode.VOLUME : Mode.GRADUATED,
        nextBoolean() ? Scope.LINE : Scope.TARGET_TOTAL,
        tiers,
        target());
  }

  private Effect tieredOrderAmount() {
    List<AmountTier> tiers = new ArrayList<>();
    long from = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      from += amount().micros();
      Reduction reduction =
          nextBoolean()
              ? new Reduction.PercentOff(percent())
              : new Reduction.AmountOff(wholeAmount());
      tiers.add(
          new AmountTier(
              new Amount(Math.min(from++, 1_000_000_000_000_000_000L)),
              reduction,
              nextBoolean() ? null : "tier"));
    }
    return new Effect.TieredOrderAmount(tiers);
  }

  private Effect bundle() {
    SequencedMap<Sku, Long> skus = new LinkedHashMap<>();
    SequencedMap<Tag, Long> tags = new LinkedHashMap<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      if (random.nextInt(3) > 0) {
        skus.put(sku(), count());
      } else {
        tags.put(CaseGenerator.oneOf(random, TAGS), count());
      }
    }
    return new Effect.BundlePrice(skus, tags, amount(), nullable(this::count));
  }

  private Reduction percentOrAmount() {
    return nextBoolean() ? new Reduction.PercentOff(percent()) : new Reduction.AmountOff(amount());
  }

  private Target target() {
    if (nextBoolean()) {
      return Target.ALL;
    }
    return new Target(
        nextBoolean() ? subset(SKUS) : null,
        random.nextInt(3) == 0 ? subset(TAGS) : null,
        random.nextInt(4) == 0 ? subset(TAGS) : Set.of(),
        random.nextInt(6) == 0 ? amount() : null,
        random.nextInt(6) == 0 ? amount() : null,
        random.nextInt(6) == 0);
  }

  private <T> Set<T> subset(List<T> all) {
    Set<T> some = new LinkedHashSet<>();
    some.add(CaseGenerator.oneOf(random, all));
    some.add(CaseGenerator.oneOf(random, all));
    return some;
  }

  private UnitChoice choice() {
    return nextBoolean()
        ? UnitChoice.ALL
        : new UnitChoice(nullable(this::count), pick(), nullable(this::count));
  }

  private Pick pick() {
    return CaseGenerator.oneOf(random, List.of(Pick.values()));
  }

  /** Returns 0 to 100 %, often 100 % or a round percentage. */
  public Percentage percent() {
    return switch (random.nextInt(4)) {
      case 0 -> new Percentage(Percentage.ONE_HUNDRED_PERCENT);
      case 1 -> new Percentage(random.nextLong(Percentage.ONE_HUNDRED_PERCENT + 1));
      default -> new Percentage(random.nextInt(1, 20) * 50_000L);
    };
  }

  /** Returns an amount in whole minor units of the currency. */
  public Amount wholeAmount() {
    long unit = Amount.microsPerMinorUnit(currency);
    return new Amount(Math.min(amount().micros(), 999_999_999_999_000_000L) / unit * unit);
  }

  /** Returns an amount, which may be below a minor unit and is seldom very large. */
  public Amount amount() {
    long unit = Amount.microsPerMinorUnit(currency);
    return switch (random.nextInt(8)) {
      case 0 -> new Amount(CaseGenerator.anyMagnitude(random, 1_000_000_000_000_000_000L));
      case 1 -> new Amount(random.nextLong(5 * unit));
      case 2 -> new Amount(0);
      default -> new Amount(unit * random.nextLong(3_000));
    };
  }

  /** Returns a number of units, seldom many. */
  public long count() {
    return random.nextInt(12) == 0
        ? Math.max(1, CaseGenerator.anyMagnitude(random, 1_000_000))
        : random.nextInt(1, 5);
  }

  private Sku sku() {
    return CaseGenerator.oneOf(random, SKUS);
  }

  private boolean nextBoolean() {
    return random.nextBoolean();
  }

  private <T> @Nullable T nullable(Supplier<T> value) {
    return nextBoolean() ? null : value.get();
  }
}
