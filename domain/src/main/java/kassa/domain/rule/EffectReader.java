package kassa.domain.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import org.jspecify.annotations.Nullable;

/** Reads one effect of a rule. */
final class EffectReader {

  private static final int MOST_TIERS = 100;
  private static final int MOST_VALUES = 1_000;
  private static final int MOST_PARTS = 50;
  private static final long MOST_UNITS = 1_000_000;

  private static final List<String> TYPES =
      List.of(
          "percent_off_order",
          "amount_off_order",
          "percent_off_units",
          "amount_off_units",
          "amount_off_line",
          "fixed_unit_price",
          "tiered_quantity",
          "tiered_order_amount",
          "quantity_group",
          "buy_x_get_y",
          "nth_unit_percent",
          "bundle_price",
          "free_gift",
          "percent_off_shipping",
          "amount_off_shipping",
          "percent_off_items_and_shipping",
          "amount_off_items_and_shipping");

  private final FieldReader fields;
  private final Flaws flaws;

  private EffectReader(FieldReader fields) {
    this.fields = fields;
    this.flaws = fields.flaws();
  }

  /** The effect that is written there; {@code null} if anything is wrong with it. */
  static @Nullable Effect read(Notation notation, String pointer, Flaws flaws) {
    long before = flaws.count();
    FieldReader fields = new FieldReader(notation, pointer, flaws);
    String type = fields.requiredText("type", EffectReader::type);
    if (type == null) {
      // What the other fields should be is not known.
      return null;
    }
    Effect effect = new EffectReader(fields).effect(type);
    fields.refuseOthers();
    return flaws.count() > before ? null : effect;
  }

  private @Nullable Effect effect(String type) {
    return switch (type) {
      case "percent_off_order" -> {
        Amount most = amountIfAny("maxAmount");
        Target target = target("target");
        yield made(percent(), it -> new Effect.PercentOffOrder(it, most, target));
      }
      case "amount_off_order" -> {
        Target target = target("target");
        yield made(amount(), it -> new Effect.AmountOffOrder(it, target));
      }
      case "percent_off_units" -> {
        Target target = target("target");
        UnitChoice choice = choice();
        yield made(percent(), it -> new Effect.PercentOffUnits(it, target, choice));
      }
      case "amount_off_units" -> {
        Target target = target("target");
        UnitChoice choice = choice();
        yield made(amount(), it -> new Effect.AmountOffUnits(it, target, choice));
      }
      case "amount_off_line" -> {
        Target target = target("target");
        yield made(amount(), it -> new Effect.AmountOffLine(it, target));
      }
      case "fixed_unit_price" -> {
        Target target = target("target");
        Amount price = RuleReader.requiredAmount(fields, "unitPrice");
        yield made(price, it -> new Effect.FixedUnitPrice(it, target));
      }
      case "tiered_quantity" -> tieredQuantity();
      case "tiered_order_amount" ->
          made(
              tiers(EffectReader::amountTier, (a, b) -> a.from().compareTo(b.from())),
              Effect.TieredOrderAmount::new);
      case "quantity_group" -> {
        Long size = fields.requiredWhole("size", 1, MOST_UNITS);
        Reduction reduction = reduction(fields, "percent", "amountPerUnit");
        Target target = target("target");
        yield size == null || reduction == null
            ? null
            : new Effect.QuantityGroup(size, reduction, target);
      }
      case "buy_x_get_y" -> buyXGetY();
      case "nth_unit_percent" -> {
        Long n = fields.requiredWhole("n", 1, MOST_UNITS);
        Percentage percent = percent();
        Long sets = fields.optionalWhole("maxSets", 1, MOST_UNITS);
        Target target = target("target");
        yield n == null || percent == null
            ? null
            : new Effect.NthUnitPercent(n, percent, sets, target);
      }
      case "bundle_price" -> bundlePrice();
      case "free_gift" -> freeGift();
      case "percent_off_shipping" -> made(percent(), Effect.PercentOffShipping::new);
      case "amount_off_shipping" -> made(amount(), Effect.AmountOffShipping::new);
      case "percent_off_items_and_shipping" ->
          made(percent(), Effect.PercentOffItemsAndShipping::new);
      case "amount_off_items_and_shipping" -> made(amount(), Effect.AmountOffItemsAndShipping::new);
      default -> throw new IllegalStateException("a type that is named is not read: " + type);
    };
  }

  private @Nullable Effect tieredQuantity() {
    Mode mode = fields.optionalWord("mode", Mode.class);
    Scope scope = fields.optionalWord("scope", Scope.class);
    Target target = target("target");
    List<QuantityTier> tiers =
        tiers(EffectReader::quantityTier, (a, b) -> a.from().compareTo(b.from()));
    return tiers == null
        ? null
        : new Effect.TieredQuantity(
            mode == null ? Mode.VOLUME : mode, scope == null ? Scope.LINE : scope, tiers, target);
  }

  private @Nullable Effect buyXGetY() {
    Long buy = fields.requiredWhole("buyQuantity", 1, MOST_UNITS);
    Long get = fields.requiredWhole("getQuantity", 1, MOST_UNITS);
    Percentage percent = percent();
    Target buyTarget = target("buyTarget");
    Target getTarget = target("getTarget");
    Pick pick = pick();
    Long sets = fields.optionalWhole("maxSets", 1, MOST_UNITS);
    boolean partial = fields.flag("partialGet", true);
    return buy == null || get == null || percent == null
        ? null
        : new Effect.BuyXGetY(buy, get, percent, buyTarget, getTarget, pick, sets, partial);
  }

  private @Nullable Effect bundlePrice() {
    SequencedMap<Sku, Long> skus = fields.optionalCounts("skus", MOST_PARTS, Sku::new, MOST_UNITS);
    SequencedMap<Tag, Long> tags = fields.optionalCounts("tags", MOST_PARTS, Tag::new, MOST_UNITS);
    Amount price = RuleReader.requiredAmount(fields, "price");
    Long sets = fields.optionalWhole("maxSets", 1, MOST_UNITS);
    if (!fields.has("skus") && !fields.has("tags")) {
      flaws.invalid(fields.at("skus"), "missing_field", "skus or tags must be given");
    }
    return price == null
        ? null
        : new Effect.BundlePrice(
            skus == null ? new LinkedHashMap<>() : skus,
            tags == null ? new LinkedHashMap<>() : tags,
            price,
            sets);
  }

  private @Nullable Effect freeGift() {
    Sku sku = fields.requiredText("sku", Sku::new);
    Amount price = RuleReader.requiredAmount(fields, "unitPrice");
    Sku perUnitOf = fields.optionalText("perUnitOfSku", Sku::new);
    return sku == null || price == null ? null : new Effect.FreeGift(sku, price, perUnitOf);
  }

  private @Nullable Percentage percent() {
    return fields.requiredText("percent", Percentage::parse);
  }

  private @Nullable Amount amount() {
    return RuleReader.requiredAmount(fields, "amount");
  }

  private @Nullable Amount amountIfAny(String name) {
    return RuleReader.optionalAmount(fields, name);
  }

  private Pick pick() {
    Pick pick = fields.optionalWord("pick", Pick.class);
    return pick == null ? Pick.LINE_ORDER : pick;
  }

  private UnitChoice choice() {
    Long maxUnits = fields.optionalWhole("maxUnits", 1, MOST_UNITS);
    Pick pick = pick();
    Long perLine = fields.optionalWhole("maxUnitsPerLine", 1, MOST_UNITS);
    return new UnitChoice(maxUnits, pick, perLine);
  }

  /** The target of this name; all lines if it is absent, or if it has flaws, which are told. */
  private Target target(String name) {
    FieldReader in = fields.optionalObject(name);
    if (in == null) {
      return Target.ALL;
    }
    Set<Sku> skus = in.optionalSet("skus", MOST_VALUES, Sku::new);
    Set<Tag> tags = in.optionalSet("tags", MOST_VALUES, Tag::new);
    Set<Tag> exclude = in.optionalSet("excludeTags", MOST_VALUES, Tag::new);
    Amount min = RuleReader.optionalAmount(in, "priceMin");
    Amount max = RuleReader.optionalAmount(in, "priceMax");
    boolean excludeOnSale = in.flag("excludeOnSale", false);
    if (min != null && max != null && min.compareTo(max) > 0) {
      flaws.invalid(in.at("priceMax"), "out_of_range", "priceMax must not be below priceMin");
    }
    in.refuseOthers();
    return new Target(skus, tags, exclude == null ? Set.of() : exclude, min, max, excludeOnSale);
  }

  private <T> @Nullable List<T> tiers(
      Function<FieldReader, @Nullable T> reader, java.util.Comparator<T> byFrom) {
    BiFunction<Notation, String, @Nullable T> element =
        (node, at) -> reader.apply(new FieldReader(node, at, flaws));
    List<T> tiers = fields.requiredList("tiers", MOST_TIERS, element);
    for (int i = 1; tiers != null && i < tiers.size(); i++) {
      if (byFrom.compare(tiers.get(i), tiers.get(i - 1)) <= 0) {
        flaws.invalid(
            fields.at("tiers") + "/" + i + "/from",
            "out_of_range",
            "each tier must begin above the one before it");
        return null;
      }
    }
    return tiers;
  }

  private static @Nullable QuantityTier quantityTier(FieldReader tier) {
    Quantity from = tier.requiredDecimal("from", Quantity::of, Quantity::parse);
    Reduction reduction = reduction(tier, "percent", "unitPrice", "amountPerUnit");
    String label = tier.optionalText("label", text -> RuleReader.line("label", text));
    tier.refuseOthers();
    return from == null || reduction == null ? null : new QuantityTier(from, reduction, label);
  }

  private static @Nullable AmountTier amountTier(FieldReader tier) {
    Amount from = RuleReader.requiredAmount(tier, "from");
    Reduction reduction = reduction(tier, "percent", "amount");
    String label = tier.optionalText("label", text -> RuleReader.line("label", text));
    tier.refuseOthers();
    return from == null || reduction == null ? null : new AmountTier(from, reduction, label);
  }

  /** Reads the one reduction that must be given, by one of these names. */
  private static @Nullable Reduction reduction(FieldReader in, String... names) {
    List<String> given = new ArrayList<>(List.of(names));
    given.removeIf(name -> !in.has(name));
    if (given.size() != 1) {
      List.of(names).forEach(in::value);
      in.flaws()
          .invalid(
              in.at(given.isEmpty() ? names[0] : given.get(1)),
              given.isEmpty() ? "missing_field" : "repeated",
              "exactly one of " + String.join(", ", names) + " must be given");
      return null;
    }
    String name = given.getFirst();
    return switch (name) {
      case "percent" -> made(in.optionalText(name, Percentage::parse), Reduction.PercentOff::new);
      case "unitPrice" -> made(RuleReader.optionalAmount(in, name), Reduction.PriceOf::new);
      default -> made(RuleReader.optionalAmount(in, name), Reduction.AmountOff::new);
    };
  }

  private static <T, R> @Nullable R made(@Nullable T value, Function<T, R> constructor) {
    return value == null ? null : constructor.apply(value);
  }

  private static String type(String text) {
    if (!TYPES.contains(text)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "type must be one of " + String.join(", ", TYPES));
    }
    return text;
  }
}
