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
import kassa.domain.money.Amount;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.RuleDefinition.Level;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a rule says. Every flaw is told at its pointer, all of them at once.
 *
 * <p>A window may be empty and a tier out of reach: that harms nobody, and {@link RuleChecks} tells
 * of it.
 */
public final class RuleReader {

  /** The longest name, label or group, in characters. */
  public static final int LONGEST_TEXT = 200;

  /** The most effects of a rule. */
  public static final int MOST_EFFECTS = 20;

  /** The greatest limit of uses. */
  public static final long MOST_USES = 1_000_000_000_000L;

  private static final int PRIORITIES = 1_000_000;

  private RuleReader() {}

  /**
   * Reads the fields of a definition.
   *
   * @param fields where they stand; other fields are left alone, and may be read or refused by the
   *     caller
   * @return what the rule says; {@code null} if anything is wrong with it, which the flaws tell
   */
  public static @Nullable RuleDefinition read(FieldReader fields) {
    long before = fields.flaws().count();
    String name = fields.optionalText("name", text -> line("name", text));
    String label = fields.optionalText("label", text -> line("label", text));
    Long priority = fields.optionalWhole("priority", -PRIORITIES, PRIORITIES);
    Code code = fields.optionalText("code", Code::new);
    Currency currency = fields.optionalText("currency", RuleReader::currency);
    Window window = window(fields.optionalObject("window"));
    Limits limits = limits(fields.optionalObject("limits"));
    Condition.Group when = ConditionReader.read(fields);
    List<Effect> effects =
        fields.requiredList(
            "effects", MOST_EFFECTS, (node, at) -> EffectReader.read(node, at, fields.flaws()));
    boolean exclusive = fields.flag("exclusive", false);
    boolean combinable = fields.flag("combinable", true);
    Level level = fields.optionalWord("level", Level.class);
    String group = fields.optionalText("bestOfGroup", text -> line("bestOfGroup", text));
    if (when == null || effects == null || fields.flaws().count() > before) {
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
  public static @Nullable RuleDefinition read(Notation notation, String pointer, Flaws flaws) {
    FieldReader fields = new FieldReader(notation, pointer, flaws);
    RuleDefinition definition = read(fields);
    fields.refuseOthers();
    return flaws.isEmpty() ? definition : null;
  }

  static @Nullable Amount requiredAmount(FieldReader fields, String name) {
    return fields.requiredText(name, text -> Amount.parse(name, text));
  }

  static @Nullable Amount optionalAmount(FieldReader fields, String name) {
    return fields.optionalText(name, text -> Amount.parse(name, text));
  }

  static String line(String name, String text) {
    return PlainText.line(name, text, LONGEST_TEXT);
  }

  private static Window window(@Nullable FieldReader fields) {
    if (fields == null) {
      return Window.ALWAYS;
    }
    Instant from = fields.optionalText("from", text -> instant("from", text));
    Instant to = fields.optionalText("to", text -> instant("to", text));
    fields.refuseOthers();
    return new Window(from, to);
  }

  private static Limits limits(@Nullable FieldReader fields) {
    if (fields == null) {
      return Limits.NONE;
    }
    Long total = fields.optionalWhole("total", 0, MOST_USES);
    Long perCode = fields.optionalWhole("perCode", 0, MOST_USES);
    Long perCustomer = fields.optionalWhole("perCustomer", 0, MOST_USES);
    Budget budget = budget(fields.optionalObject("budget"));
    boolean reusable = fields.flag("reusableAfterCancel", true);
    fields.refuseOthers();
    return new Limits(total, perCode, perCustomer, budget, reusable);
  }

  private static @Nullable Budget budget(@Nullable FieldReader fields) {
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
      Long limit = fields.requiredWhole("limit", 0, MOST_USES);
      budget = limit == null ? null : new Budget.Usage(limit);
    } else {
      fields.value("limit");
    }
    fields.refuseOthers();
    return budget;
  }

  private static Currency currency(String code) {
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
  public static Instant instant(String name, String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (instant.equals(instant.truncatedTo(ChronoUnit.MICROS)) && text.indexOf('-') == 4) {
        return instant;
      }
    } catch (DateTimeException malformed) {
      throw notAnInstant(name);
    }
    throw notAnInstant(name);
  }

  private static InvalidValueException notAnInstant(String name) {
    return new InvalidValueException(
        Reason.MALFORMED,
        name + " must be a time with an offset, such as 2026-06-15T12:00:00Z, to the microsecond");
  }
}
