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

/** Effects of every kind, as chance has it. */
public final class Effects {

  /** The goods of generated carts. */
  public static final List<Sku> SKUS =
      List.of(new Sku("MUG"), new Sku("TEE"), new Sku("CAP"), new Sku("PIN"));

  /** The groups that they belong to. */
  public static final List<Tag> TAGS = List.of(new Tag("home"), new Tag("wear"), new Tag("gift"));

  /** How many kinds there are. */
  public static final int KINDS = 17;

  private final RandomGenerator random;
  private final Currency currency;

  /**
   * @param currency the one whose carts the amounts are meant for
   */
  public Effects(RandomGenerator random, Currency currency) {
    this.random = random;
    this.currency = currency;
  }

  /** An effect of any kind. */
  public Effect any() {
    return ofKind(random.nextInt(KINDS));
  }

  private Effect ofKind(int kind) {
    return switch (kind) {
      case 0 -> new Effect.PercentOffOrder(percent(), maybe(this::whole), target());
      case 1 -> new Effect.AmountOffOrder(whole(), target());
      case 2 -> new Effect.PercentOffUnits(percent(), target(), choice());
      case 3 -> new Effect.AmountOffUnits(amount(), target(), choice());
      case 4 -> new Effect.AmountOffLine(whole(), target());
      case 5 -> new Effect.FixedUnitPrice(amount(), target());
      case 6 -> tieredQuantity();
      case 7 -> tieredOrderAmount();
      case 8 -> new Effect.QuantityGroup(count(), percentOrAmount(), target());
      case 9 ->
          new Effect.BuyXGetY(
              count(), count(), percent(), target(), target(), pick(), maybe(this::count), coin());
      case 10 -> new Effect.NthUnitPercent(count(), percent(), maybe(this::count), target());
      case 11 -> bundle();
      case 12 -> new Effect.FreeGift(sku(), amount(), maybe(this::sku));
      case 13 -> new Effect.PercentOffShipping(percent());
      case 14 -> new Effect.AmountOffShipping(whole());
      case 15 -> new Effect.PercentOffItemsAndShipping(percent());
      default -> new Effect.AmountOffItemsAndShipping(whole());
    };
  }

  private Effect tieredQuantity() {
    List<QuantityTier> tiers = new ArrayList<>();
    long from = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      from += coin() ? 300 * count() : 1 + Cases.ofAnyMagnitude(random, 20_000);
      tiers.add(
          new QuantityTier(
              new Quantity(from),
              coin() ? new Reduction.PriceOf(amount()) : percentOrAmount(),
              coin() ? null : "tier"));
    }
    return new Effect.TieredQuantity(
        coin() ? Mode.VOLUME : Mode.GRADUATED,
        coin() ? Scope.LINE : Scope.TARGET_TOTAL,
        tiers,
        target());
  }

  private Effect tieredOrderAmount() {
    List<AmountTier> tiers = new ArrayList<>();
    long from = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      from += amount().micros();
      Reduction reduction =
          coin() ? new Reduction.PercentOff(percent()) : new Reduction.AmountOff(whole());
      tiers.add(
          new AmountTier(
              new Amount(Math.min(from++, 1_000_000_000_000_000_000L)),
              reduction,
              coin() ? null : "tier"));
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
        tags.put(Cases.oneOf(random, TAGS), count());
      }
    }
    return new Effect.BundlePrice(skus, tags, amount(), maybe(this::count));
  }

  private Reduction percentOrAmount() {
    return coin() ? new Reduction.PercentOff(percent()) : new Reduction.AmountOff(amount());
  }

  private Target target() {
    if (coin()) {
      return Target.ALL;
    }
    return new Target(
        coin() ? some(SKUS) : null,
        random.nextInt(3) == 0 ? some(TAGS) : null,
        random.nextInt(4) == 0 ? some(TAGS) : Set.of(),
        random.nextInt(6) == 0 ? amount() : null,
        random.nextInt(6) == 0 ? amount() : null,
        random.nextInt(6) == 0);
  }

  private <T> Set<T> some(List<T> all) {
    Set<T> some = new LinkedHashSet<>();
    some.add(Cases.oneOf(random, all));
    some.add(Cases.oneOf(random, all));
    return some;
  }

  private UnitChoice choice() {
    return coin() ? UnitChoice.ALL : new UnitChoice(maybe(this::count), pick(), maybe(this::count));
  }

  private Pick pick() {
    return Cases.oneOf(random, List.of(Pick.values()));
  }

  /** 0 to 100 %, often the whole or a round share. */
  public Percentage percent() {
    return switch (random.nextInt(4)) {
      case 0 -> new Percentage(Percentage.WHOLE);
      case 1 -> new Percentage(random.nextLong(Percentage.WHOLE + 1));
      default -> new Percentage(random.nextInt(1, 20) * 50_000L);
    };
  }

  /** An amount that the currency has. */
  public Amount whole() {
    long unit = Amount.unit(currency);
    return new Amount(Math.min(amount().micros(), 999_999_999_999_000_000L) / unit * unit);
  }

  /** An amount that may be less than a minor unit, and is seldom very great. */
  public Amount amount() {
    long unit = Amount.unit(currency);
    return switch (random.nextInt(8)) {
      case 0 -> new Amount(Cases.ofAnyMagnitude(random, 1_000_000_000_000_000_000L));
      case 1 -> new Amount(random.nextLong(5 * unit));
      case 2 -> new Amount(0);
      default -> new Amount(unit * random.nextLong(3_000));
    };
  }

  /** A few units, seldom many. */
  public long count() {
    return random.nextInt(12) == 0
        ? Math.max(1, Cases.ofAnyMagnitude(random, 1_000_000))
        : random.nextInt(1, 5);
  }

  private Sku sku() {
    return Cases.oneOf(random, SKUS);
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return coin() ? null : value.get();
  }
}
