package kassa.domain.rule.json;

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
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
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

/** Reader of one effect of a rule from JSON. */
final class EffectReader {

  private static final int MAX_TIERS = 100;
  private static final int MAX_VALUES = 1_000;
  private static final int MAX_PARTS = 50;
  private static final long MAX_UNITS = 1_000_000;

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

  private final JsonObjectReader fields;
  private final Violations violations;

  private EffectReader(JsonObjectReader fields) {
    this.fields = fields;
    this.violations = fields.violations();
  }

  /** Reads an effect; returns {@code null} if it has violations. */
  static @Nullable Effect read(JsonInput value, String pointer, Violations violations) {
    long before = violations.count();
    JsonObjectReader fields = new JsonObjectReader(value, pointer, violations);
    String type = fields.requiredText("type", EffectReader::type);
    if (type == null) {
      // Without the type, the valid fields are unknown.
      return null;
    }
    Effect effect = new EffectReader(fields).effect(type);
    fields.rejectUnknownFields();
    return violations.count() > before ? null : effect;
  }

  private @Nullable Effect effect(String type) {
    return switch (type) {
      case "percent_off_order" -> {
        Amount maxAmount = optionalAmount("maxAmount");
        Target target = target("target");
        yield construct(percent(), it -> new Effect.PercentOffOrder(it, maxAmount, target));
      }
      case "amount_off_order" -> {
        Target target = target("target");
        yield construct(amount(), it -> new Effect.AmountOffOrder(it, target));
      }
      case "percent_off_units" -> {
        Target target = target("target");
        UnitChoice choice = choice();
        yield construct(percent(), it -> new Effect.PercentOffUnits(it, target, choice));
      }
      case "amount_off_units" -> {
        Target target = target("target");
        UnitChoice choice = choice();
        yield construct(amount(), it -> new Effect.AmountOffUnits(it, target, choice));
      }
      case "amount_off_line" -> {
        Target target = target("target");
        yield construct(amount(), it -> new Effect.AmountOffLine(it, target));
      }
      case "fixed_unit_price" -> {
        Target target = target("target");
        Amount price = RuleReader.requiredAmount(fields, "unitPrice");
        yield construct(price, it -> new Effect.FixedUnitPrice(it, target));
      }
      case "tiered_quantity" -> tieredQuantity();
      case "tiered_order_amount" ->
          construct(
              tiers(EffectReader::amountTier, (a, b) -> a.from().compareTo(b.from())),
              Effect.TieredOrderAmount::new);
      case "quantity_group" -> {
        Long size = fields.requiredInteger("size", 1, MAX_UNITS);
        Reduction reduction = reduction(fields, "percent", "amountPerUnit");
        Target target = target("target");
        yield size == null || reduction == null
            ? null
            : new Effect.QuantityGroup(size, reduction, target);
      }
      case "buy_x_get_y" -> buyXGetY();
      case "nth_unit_percent" -> {
        Long n = fields.requiredInteger("n", 1, MAX_UNITS);
        Percentage percent = percent();
        Long sets = fields.optionalInteger("maxSets", 1, MAX_UNITS);
        Target target = target("target");
        yield n == null || percent == null
            ? null
            : new Effect.NthUnitPercent(n, percent, sets, target);
      }
      case "bundle_price" -> bundlePrice();
      case "free_gift" -> freeGift();
      case "percent_off_shipping" -> construct(percent(), Effect.PercentOffShipping::new);
      case "amount_off_shipping" -> construct(amount(), Effect.AmountOffShipping::new);
      case "percent_off_items_and_shipping" ->
          construct(percent(), Effect.PercentOffItemsAndShipping::new);
      case "amount_off_items_and_shipping" ->
          construct(amount(), Effect.AmountOffItemsAndShipping::new);
      default -> throw new IllegalStateException("no reader for effect type " + type);
    };
  }

  private @Nullable Effect tieredQuantity() {
    Mode mode = fields.optionalEnum("mode", Mode.class);
    Scope scope = fields.optionalEnum("scope", Scope.class);
    Target target = target("target");
    List<QuantityTier> tiers =
        tiers(EffectReader::quantityTier, (a, b) -> a.from().compareTo(b.from()));
    return tiers == null
        ? null
        : new Effect.TieredQuantity(
            mode == null ? Mode.VOLUME : mode, scope == null ? Scope.LINE : scope, tiers, target);
  }

  private @Nullable Effect buyXGetY() {
    Long buy = fields.requiredInteger("buyQuantity", 1, MAX_UNITS);
    Long get = fields.requiredInteger("getQuantity", 1, MAX_UNITS);
    Percentage percent = percent();
    Target buyTarget = target("buyTarget");
    Target getTarget = target("getTarget");
    Pick pick = pick();
    Long sets = fields.optionalInteger("maxSets", 1, MAX_UNITS);
    boolean partial = fields.optionalBoolean("partialGet", true);
    return buy == null || get == null || percent == null
        ? null
        : new Effect.BuyXGetY(buy, get, percent, buyTarget, getTarget, pick, sets, partial);
  }

  private @Nullable Effect bundlePrice() {
    long before = violations.count();
    SequencedMap<Sku, Long> skus = fields.optionalCounts("skus", MAX_PARTS, Sku::parse, MAX_UNITS);
    SequencedMap<Tag, Long> tags = fields.optionalCounts("tags", MAX_PARTS, Tag::parse, MAX_UNITS);
    if (skus == null && tags == null && violations.count() == before) {
      violations.addInvalid(
          fields.pointerTo("skus"), "missing_field", "skus or tags must be given");
    }
    Amount price = RuleReader.requiredAmount(fields, "price");
    Long sets = fields.optionalInteger("maxSets", 1, MAX_UNITS);
    return price == null
        ? null
        : new Effect.BundlePrice(
            skus == null ? new LinkedHashMap<>() : skus,
            tags == null ? new LinkedHashMap<>() : tags,
            price,
            sets);
  }

  private @Nullable Effect freeGift() {
    Sku sku = fields.requiredText("sku", Sku::parse);
    Amount price = RuleReader.requiredAmount(fields, "unitPrice");
    Sku perUnitOf = fields.optionalText("perUnitOfSku", Sku::parse);
    return sku == null || price == null ? null : new Effect.FreeGift(sku, price, perUnitOf);
  }

  private @Nullable Percentage percent() {
    return fields.requiredText("percent", Percentage::parse);
  }

  private @Nullable Amount amount() {
    return RuleReader.requiredAmount(fields, "amount");
  }

  private @Nullable Amount optionalAmount(String name) {
    return RuleReader.optionalAmount(fields, name);
  }

  private Pick pick() {
    Pick pick = fields.optionalEnum("pick", Pick.class);
    return pick == null ? Pick.LINE_ORDER : pick;
  }

  private UnitChoice choice() {
    Long maxUnits = fields.optionalInteger("maxUnits", 1, MAX_UNITS);
    Pick pick = pick();
    Long perLine = fields.optionalInteger("maxUnitsPerLine", 1, MAX_UNITS);
    return new UnitChoice(maxUnits, pick, perLine);
  }

  /** Reads a target; returns all lines if the field is absent or has violations. */
  private Target target(String name) {
    JsonObjectReader in = fields.optionalObject(name);
    if (in == null) {
      return Target.ALL;
    }
    Set<Sku> skus = in.optionalSet("skus", MAX_VALUES, Sku::parse);
    Set<Tag> tags = in.optionalSet("tags", MAX_VALUES, Tag::parse);
    Set<Tag> exclude = in.optionalSet("excludeTags", MAX_VALUES, Tag::parse);
    Amount min = RuleReader.optionalAmount(in, "priceMin");
    Amount max = RuleReader.optionalAmount(in, "priceMax");
    boolean excludeOnSale = in.optionalBoolean("excludeOnSale", false);
    if (min != null && max != null && min.compareTo(max) > 0) {
      violations.addInvalid(
          in.pointerTo("priceMax"), "out_of_range", "priceMax must be at least priceMin");
    }
    in.rejectUnknownFields();
    return new Target(skus, tags, exclude == null ? Set.of() : exclude, min, max, excludeOnSale);
  }

  private <T> @Nullable List<T> tiers(
      Function<JsonObjectReader, @Nullable T> reader, java.util.Comparator<T> byFrom) {
    BiFunction<JsonInput, String, @Nullable T> element =
        (node, at) -> reader.apply(new JsonObjectReader(node, at, violations));
    List<T> tiers = fields.requiredNonEmptyList("tiers", MAX_TIERS, element);
    for (int i = 1; tiers != null && i < tiers.size(); i++) {
      if (byFrom.compare(tiers.get(i), tiers.get(i - 1)) <= 0) {
        violations.addInvalid(
            fields.pointerTo("tiers") + "/" + i + "/from",
            "out_of_range",
            "from must be above that of the tier before");
        return null;
      }
    }
    return tiers;
  }

  private static @Nullable QuantityTier quantityTier(JsonObjectReader tier) {
    Quantity from = tier.requiredDecimal("from", Quantity::of, Quantity::parse);
    Reduction reduction = reduction(tier, "percent", "unitPrice", "amountPerUnit");
    String label = tier.optionalText("label", text -> RuleReader.parseText("label", text));
    tier.rejectUnknownFields();
    return from == null || reduction == null ? null : new QuantityTier(from, reduction, label);
  }

  private static @Nullable AmountTier amountTier(JsonObjectReader tier) {
    Amount from = RuleReader.requiredAmount(tier, "from");
    Reduction reduction = reduction(tier, "percent", "amount");
    String label = tier.optionalText("label", text -> RuleReader.parseText("label", text));
    tier.rejectUnknownFields();
    return from == null || reduction == null ? null : new AmountTier(from, reduction, label);
  }

  /** Reads the reduction, which must be given by exactly one of these fields. */
  private static @Nullable Reduction reduction(JsonObjectReader in, String... names) {
    List<String> given = new ArrayList<>(List.of(names));
    given.removeIf(name -> !in.has(name));
    if (given.size() != 1) {
      List.of(names).forEach(in::value);
      in.violations()
          .addInvalid(
              in.pointerTo(given.isEmpty() ? names[0] : given.get(1)),
              given.isEmpty() ? "missing_field" : "repeated",
              "exactly one of " + String.join(", ", names) + " must be given");
      return null;
    }
    String name = given.getFirst();
    return switch (name) {
      case "percent" ->
          construct(in.optionalText(name, Percentage::parse), Reduction.PercentOff::new);
      case "unitPrice" -> construct(RuleReader.optionalAmount(in, name), Reduction.FixedPrice::new);
      default -> construct(RuleReader.optionalAmount(in, name), Reduction.AmountOff::new);
    };
  }

  private static <T, R> @Nullable R construct(@Nullable T value, Function<T, R> constructor) {
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
