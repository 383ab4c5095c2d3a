package kassa.domain.rule.json;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.Amount;
import kassa.domain.money.Quantity;
import kassa.domain.rule.Condition;
import org.jspecify.annotations.Nullable;

/** Reader of the conditions of a rule from JSON. */
final class ConditionReader {

  /**
   * The maximum number of conditions of a rule, including {@code any}, {@code all}, {@code not}.
   */
  private static final int MAX_NODES = 64;

  private static final int MAX_ALTERNATIVES = 64;
  private static final int MAX_VALUES = 1_000;
  private static final int MAX_METADATA_ENTRIES = 50;
  private static final int MAX_METADATA_LENGTH = 500;
  private static final long MAX_ORDERS = 1_000_000_000;

  private final Violations violations;

  private ConditionReader(Violations violations) {
    this.violations = violations;
  }

  /** Reads the field {@code when} of a rule; returns {@code null} if it has violations. */
  static Condition.@Nullable Group read(JsonObjectReader rule) {
    JsonObjectReader fields = rule.optionalObject("when");
    if (fields == null) {
      return Condition.Group.EMPTY;
    }
    Condition.Group group = new ConditionReader(rule.violations()).group(fields);
    if (group != null && countNodes(group) > MAX_NODES) {
      rule.violations()
          .addInvalid(
              rule.pointerTo("when"),
              "too_many",
              "when must hold at most " + MAX_NODES + " conditions");
      return null;
    }
    return group;
  }

  private static int countNodes(Condition condition) {
    return switch (condition) {
      case Condition.Group(SequencedMap<String, Condition> entries) ->
          entries.values().stream().mapToInt(ConditionReader::countNodes).sum();
      case Condition.AnyOf(List<Condition.Group> groups) -> countNodes(groups);
      case Condition.AllOf(List<Condition.Group> groups) -> countNodes(groups);
      case Condition.Not(Condition.Group group) -> 1 + countNodes(group);
      default -> 1;
    };
  }

  private static int countNodes(List<Condition.Group> groups) {
    return 1 + groups.stream().mapToInt(ConditionReader::countNodes).sum();
  }

  private Condition.@Nullable Group group(JsonObjectReader fields) {
    long before = violations.count();
    SequencedMap<String, Condition> entries = new LinkedHashMap<>();
    for (String name : fields.names()) {
      Condition condition = condition(name, fields);
      if (condition != null) {
        entries.put(name, condition);
      }
    }
    fields.rejectUnknownFields();
    return violations.count() > before ? null : new Condition.Group(entries);
  }

  /**
   * Reads one condition; {@code null} if it has violations, or if its value is empty or {@code
   * false} and so counts as absent.
   */
  private @Nullable Condition condition(String name, JsonObjectReader in) {
    return switch (name) {
      case "any" -> construct(groups(name, in), Condition.AnyOf::new);
      case "all" -> construct(groups(name, in), Condition.AllOf::new);
      case "not" -> {
        JsonObjectReader inner = in.optionalObject(name);
        yield inner == null ? null : construct(group(inner), Condition.Not::new);
      }
      case "minSubtotal" ->
          construct(RuleReader.optionalAmount(in, name), Condition.MinSubtotal::new);
      case "maxSubtotal" ->
          construct(RuleReader.optionalAmount(in, name), Condition.MaxSubtotal::new);
      case "minQuantity" -> construct(quantity(name, in), Condition.MinQuantity::new);
      case "anyLineMinQuantity" -> construct(quantity(name, in), Condition.AnyLineMinQuantity::new);
      case "skuQuantity" -> skuQuantity(in.optionalObject(name));
      case "containsAnySku" -> construct(set(name, in, Sku::parse), Condition.ContainsAnySku::new);
      case "containsAllSkus" ->
          construct(set(name, in, Sku::parse), Condition.ContainsAllSkus::new);
      case "containsAnyTag" -> construct(set(name, in, Tag::parse), Condition.ContainsAnyTag::new);
      case "tagSubtotal" -> tagSubtotal(in.optionalObject(name));
      case "customerGroups" -> construct(texts(name, in), Condition.CustomerGroups::new);
      case "nthOrder" ->
          construct(in.optionalInteger(name, 1, MAX_ORDERS), Condition.NthOrder::new);
      case "channels" -> construct(texts(name, in), Condition.Channels::new);
      case "shippingMethods" -> construct(texts(name, in), Condition.ShippingMethods::new);
      case "noSaleItems" -> noSaleItems(name, in);
      case "weekdays" -> weekdays(name, in);
      case "timeOfDay" -> timeOfDay(in.optionalObject(name));
      case "metadata" -> metadata(in.optionalObject(name));
      default -> null;
    };
  }

  private @Nullable List<Condition.Group> groups(String name, JsonObjectReader in) {
    return in.optionalNonEmptyList(
        name, MAX_ALTERNATIVES, (node, at) -> group(new JsonObjectReader(node, at, violations)));
  }

  private static @Nullable Quantity quantity(String name, JsonObjectReader in) {
    return in.requiredDecimal(name, Quantity::of, Quantity::parse);
  }

  private static <T> @Nullable Set<T> set(
      String name, JsonObjectReader in, Function<String, T> factory) {
    return in.optionalSet(name, MAX_VALUES, factory);
  }

  private static @Nullable Set<String> texts(String name, JsonObjectReader in) {
    return set(name, in, text -> RuleReader.parseIdentifier(name + " value", text));
  }

  private static @Nullable Condition skuQuantity(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return null;
    }
    Set<Sku> skus = fields.requiredSet("skus", MAX_VALUES, Sku::parse);
    Quantity min = quantity("min", fields);
    fields.rejectUnknownFields();
    return skus == null || min == null ? null : new Condition.SkuQuantity(skus, min);
  }

  private static @Nullable Condition tagSubtotal(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return null;
    }
    Tag tag = fields.requiredText("tag", Tag::parse);
    Amount min = RuleReader.requiredAmount(fields, "min");
    fields.rejectUnknownFields();
    return tag == null || min == null ? null : new Condition.TagSubtotal(tag, min);
  }

  private static @Nullable Condition noSaleItems(String name, JsonObjectReader in) {
    return in.optionalBoolean(name, false) ? new Condition.NoSaleItems() : null;
  }

  private static @Nullable Condition weekdays(String name, JsonObjectReader in) {
    Set<DayOfWeek> days = set(name, in, ConditionReader::day);
    if (days == null) {
      return null;
    }
    // weekdays uses the timeOfDay in the same group, which reports its own violations.
    JsonInput timeOfDay = in.value("timeOfDay");
    Condition.TimeOfDay times =
        timeOfDay != null && timeOfDay.isObject()
            ? timeOfDay(new JsonObjectReader(timeOfDay, "", new Violations()))
            : null;
    if (times == null) {
      return new Condition.Weekdays(days, ZoneOffset.UTC);
    }
    return new Condition.Weekdays(
        days, times.zone(), times.includesMidnight() ? times.to() : LocalTime.MIDNIGHT);
  }

  private static Condition.@Nullable TimeOfDay timeOfDay(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return null;
    }
    long before = fields.violations().count();
    LocalTime from = fields.optionalText("from", text -> time("from", text));
    LocalTime to = fields.optionalText("to", text -> time("to", text));
    ZoneId zone = fields.optionalText("zone", ConditionReader::zone);
    fields.rejectUnknownFields();
    return fields.violations().count() > before
        ? null
        : new Condition.TimeOfDay(
            from == null ? LocalTime.MIDNIGHT : from,
            to == null ? LocalTime.MIDNIGHT : to,
            zone == null ? ZoneOffset.UTC : zone);
  }

  private static @Nullable Condition metadata(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return null;
    }
    if (fields.names().isEmpty()) {
      return null;
    }
    if (fields.names().size() > MAX_METADATA_ENTRIES) {
      fields
          .violations()
          .addInvalid(
              fields.pointer(),
              "out_of_range",
              "metadata must hold at most " + MAX_METADATA_ENTRIES + " entries");
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : fields.names()) {
      String value =
          fields.requiredText(
              name,
              text ->
                  kassa.domain.PlainText.multiLine("metadata value", text, MAX_METADATA_LENGTH));
      if (value != null) {
        values.put(name, value);
      }
    }
    return values.size() == fields.names().size() ? new Condition.MetadataValues(values) : null;
  }

  private static <T> @Nullable Condition construct(
      @Nullable T value, Function<T, Condition> constructor) {
    return value == null ? null : constructor.apply(value);
  }

  /** Parses {@code monday} or {@code mon}. */
  private static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      if (text.equals(name) || text.equals(name.substring(0, 3))) {
        return day;
      }
    }
    throw new InvalidValueException(
        Reason.OUT_OF_RANGE, "weekdays must be monday to sunday, or their first 3 letters");
  }

  private static LocalTime time(String name, String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException malformed) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must be a time of day such as 17:30");
    }
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException unknown) {
      throw new InvalidValueException(
          Reason.MALFORMED, "zone must be the name of a time zone such as Europe/Berlin");
    }
  }
}
