package kassa.domain.rule.json;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.Timestamps;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.Amount;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Condition;
import kassa.domain.rule.Effect;
import kassa.domain.rule.RuleCombination;
import kassa.domain.rule.RuleCombination.Level;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleLint;
import kassa.domain.rule.RuleNames;
import kassa.domain.rule.UsageLimits;
import kassa.domain.rule.ValidityWindow;
import org.jspecify.annotations.Nullable;

/**
 * Reader of rule definitions from JSON. All violations are reported together, each with its
 * pointer.
 *
 * <p>An empty window or an unreachable tier is no violation; {@link RuleLint} finds it.
 */
public final class RuleReader {

  /** The maximum length of a name, label or group, in characters. */
  public static final int MAX_TEXT_LENGTH = 200;

  /** The maximum number of effects of a rule. */
  public static final int MAX_EFFECTS = 20;

  /** The maximum value of a usage limit. */
  public static final long MAX_USES = 1_000_000_000_000L;

  private static final int MAX_PRIORITY = 1_000_000;

  private RuleReader() {}

  /**
   * Reads the fields of a definition from an object that may have other fields.
   *
   * @param fields the fields; the caller reads or rejects the other ones
   * @return the definition; {@code null} if it has violations
   */
  public static @Nullable RuleDefinition read(JsonObjectReader fields) {
    long before = fields.violations().count();
    String name =
        fields.optionalText("name", text -> PlainText.displayName("name", text, MAX_TEXT_LENGTH));
    String label = fields.optionalText("label", text -> parseText("label", text));
    Long priority = fields.optionalInteger("priority", -MAX_PRIORITY, MAX_PRIORITY);
    Code code = fields.optionalText("code", Code::parse);
    Currency currency = fields.optionalText("currency", RuleReader::parseCurrency);
    ValidityWindow window = window(fields.optionalObject("window"));
    UsageLimits limits = limits(fields.optionalObject("limits"));
    Condition.Group when = ConditionReader.read(fields);
    List<Effect> effects =
        fields.requiredNonEmptyList(
            "effects", MAX_EFFECTS, (node, at) -> EffectReader.read(node, at, fields.violations()));
    boolean exclusive = fields.optionalBoolean("exclusive", false);
    boolean combinable = fields.optionalBoolean("combinable", true);
    Level level = fields.optionalEnum("level", Level.class);
    String group = fields.optionalText("bestOfGroup", text -> parseIdentifier("bestOfGroup", text));
    if (when == null || effects == null || fields.violations().count() > before) {
      return null;
    }
    return new RuleDefinition(
        new RuleNames(name, label),
        code,
        currency,
        window,
        limits,
        when,
        effects,
        new RuleCombination(
            priority == null ? 0 : priority.intValue(),
            exclusive,
            combinable,
            level == null ? Level.ORDER : level,
            group));
  }

  /**
   * Reads a definition from an object that has no other fields.
   *
   * @param value the object
   * @param pointer the JSON pointer of the object, for violations
   * @param violations collects the violations
   * @return the definition; {@code null} if it has violations
   */
  public static @Nullable RuleDefinition read(
      JsonValue value, String pointer, Violations violations) {
    JsonObjectReader fields = new JsonObjectReader(value, pointer, violations);
    RuleDefinition definition = read(fields);
    fields.rejectUnknownFields();
    return violations.isEmpty() ? definition : null;
  }

  static @Nullable Amount requiredAmount(JsonObjectReader fields, String name) {
    return fields.requiredText(name, text -> Amount.parse(name, text));
  }

  static @Nullable Amount optionalAmount(JsonObjectReader fields, String name) {
    return fields.optionalText(name, text -> Amount.parse(name, text));
  }

  static String parseText(String name, String text) {
    return PlainText.singleLine(name, text, MAX_TEXT_LENGTH);
  }

  static String parseIdentifier(String name, String text) {
    return PlainText.identifier(name, text, MAX_TEXT_LENGTH);
  }

  private static ValidityWindow window(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return ValidityWindow.ALWAYS;
    }
    Instant from = fields.optionalText("from", text -> Timestamps.parse("from", text));
    Instant to = fields.optionalText("to", text -> Timestamps.parse("to", text));
    fields.rejectUnknownFields();
    return new ValidityWindow(from, to);
  }

  private static UsageLimits limits(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return UsageLimits.NONE;
    }
    Long total = fields.optionalInteger("total", 0, MAX_USES);
    Long perCode = fields.optionalInteger("perCode", 0, MAX_USES);
    Long perCustomer = fields.optionalInteger("perCustomer", 0, MAX_USES);
    Budget budget = budget(fields.optionalObject("budget"));
    boolean reusable = fields.optionalBoolean("reusableAfterCancel", true);
    fields.rejectUnknownFields();
    return new UsageLimits(total, perCode, perCustomer, budget, reusable);
  }

  private static @Nullable Budget budget(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return null;
    }
    String type =
        fields.requiredText(
            "type",
            text -> {
              if (!text.equals("spend") && !text.equals("usage")) {
                throw new InvalidValueException(
                    Reason.OUT_OF_RANGE, "type must be one of spend, usage");
              }
              return text;
            });
    Budget budget = null;
    if ("spend".equals(type)) {
      Amount limit = requiredAmount(fields, "limit");
      budget = limit == null ? null : new Budget.Spend(limit);
    } else if ("usage".equals(type)) {
      Long limit = fields.requiredInteger("limit", 0, MAX_USES);
      budget = limit == null ? null : new Budget.Usage(limit);
    } else {
      fields.value("limit");
    }
    fields.rejectUnknownFields();
    return budget;
  }

  private static Currency parseCurrency(String code) {
    try {
      Currency currency = Currency.getInstance(code);
      if (currency.getDefaultFractionDigits() >= 0) {
        return currency;
      }
    } catch (IllegalArgumentException unknown) {
      throw unknownCurrency();
    }
    throw unknownCurrency();
  }

  private static InvalidValueException unknownCurrency() {
    return new InvalidValueException(
        Reason.UNKNOWN_CURRENCY, "currency must be an ISO 4217 code with a minor unit");
  }
}
