package kassa.domain.rule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.Amount;
import kassa.domain.rule.RuleDefinition.Level;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a rule says. Every flaw is told at its pointer, all of them at once.
 *
 * <p>A window may be empty and a tier out of reach: that harms nobody, and {@link RuleLint} tells
 * of it.
 */
public final class RuleReader {

  /** The longest name, label or group, in characters. */
  public static final int MAX_TEXT_LENGTH = 200;

  /** The most effects of a rule. */
  public static final int MAX_EFFECTS = 20;

  /** The greatest limit of uses. */
  public static final long MAX_USES = 1_000_000_000_000L;

  private static final int MAX_PRIORITY = 1_000_000;

  private RuleReader() {}

  /**
   * Reads the fields of a definition.
   *
   * @param fields where they stand; other fields are left alone, and may be read or refused by the
   *     caller
   * @return what the rule says; {@code null} if anything is wrong with it, which the flaws tell
   */
  public static @Nullable RuleDefinition read(JsonObjectReader fields) {
    long before = fields.violations().count();
    String name = fields.optionalText("name", text -> parseText("name", text));
    String label = fields.optionalText("label", text -> parseText("label", text));
    Long priority = fields.optionalInteger("priority", -MAX_PRIORITY, MAX_PRIORITY);
    Code code = fields.optionalText("code", Code::new);
    Currency currency = fields.optionalText("currency", RuleReader::parseCurrency);
    ValidityWindow window = window(fields.optionalObject("window"));
    UsageLimits limits = limits(fields.optionalObject("limits"));
    Condition.Group when = ConditionReader.read(fields);
    List<Effect> effects =
        fields.requiredList(
            "effects", MAX_EFFECTS, (node, at) -> EffectReader.read(node, at, fields.violations()));
    boolean exclusive = fields.optionalBoolean("exclusive", false);
    boolean combinable = fields.optionalBoolean("combinable", true);
    Level level = fields.optionalEnum("level", Level.class);
    String group = fields.optionalText("bestOfGroup", text -> parseText("bestOfGroup", text));
    if (when == null || effects == null || fields.violations().count() > before) {
      return null;
    }
    return new RuleDefinition(
        name,
        label,
        priority == null ? 0 : priority.intValue(),
        code,
        currency,
        window,
        limits,
        when,
        effects,
        exclusive,
        combinable,
        level == null ? Level.ORDER : level,
        group);
  }

  /**
   * Reads a definition on its own.
   *
   * @return what the rule says; {@code null} if anything is wrong with it, which the flaws tell
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

  private static ValidityWindow window(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return ValidityWindow.ALWAYS;
    }
    Instant from = fields.optionalText("from", text -> parseInstant("from", text));
    Instant to = fields.optionalText("to", text -> parseInstant("to", text));
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
        Reason.UNKNOWN_CURRENCY, "currency must be an ISO 4217 code that money is counted in");
  }

  /**
   * Reads an instant of RFC 3339, to the microsecond.
   *
   * @throws InvalidValueException if the text is anything else, or its year is beyond 9999
   */
  public static Instant parseInstant(String name, String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (instant.equals(instant.truncatedTo(ChronoUnit.MICROS)) && text.indexOf('-') == 4) {
        return instant;
      }
    } catch (DateTimeException malformed) {
      throw malformedInstant(name);
    }
    throw malformedInstant(name);
  }

  private static InvalidValueException malformedInstant(String name) {
    return new InvalidValueException(
        Reason.MALFORMED,
        name + " must be a time with an offset, such as 2026-06-15T12:00:00Z, to the microsecond");
  }
}
