package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.adapters.persistence.sql.TabFields;
import kassa.domain.money.Money;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Formats and parses a pricing trace: a line for each rule, with fields separated by tabs. The
 * fields are the rule, its version and label, and either {@code applied}, the code and the
 * unapplied amount in minor units, or {@code skipped}, the reason, the JSON pointer of the
 * condition, and its expected and actual value, as {@link TabFields}. The discounts are not in it,
 * because they are stored with the order. See docs/decisions/0152.
 */
final class PricingTraceText {

  private static final String APPLIED = "applied";
  private static final String SKIPPED = "skipped";

  private PricingTraceText() {}

  static String format(List<RuleTrace> trace) {
    StringBuilder text = new StringBuilder(128 * trace.size());
    for (RuleTrace rule : trace) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(rule.rule().toUuid()).append('\t').append(rule.version());
      append(text, rule.label());
      switch (rule.outcome()) {
        case RuleOutcome.Applied applied -> {
          append(text, APPLIED);
          append(text, SqlValues.code(applied.code()));
          text.append('\t').append(applied.unapplied().minorUnits());
        }
        case RuleOutcome.Skipped skipped -> {
          append(text, SKIPPED);
          append(text, enumName(skipped.reason()));
          append(text, skipped.path());
          append(text, skipped.expected());
          append(text, skipped.found());
        }
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, @Nullable String field) {
    TabFields.append(text.append('\t'), field);
  }

  /**
   * Parses a trace.
   *
   * @param share the discounts of a rule
   * @throws IllegalArgumentException if the text has another form
   */
  static List<RuleTrace> parse(
      String text, Currency currency, Function<UUID, RuleDiscountShare> share) {
    List<RuleTrace> trace = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      trace.add(parseLine(line.split("\t", -1), currency, share));
    }
    return trace;
  }

  private static RuleTrace parseLine(
      String[] fields, Currency currency, Function<UUID, RuleDiscountShare> share) {
    require(fields.length >= 4, fields);
    UUID rule = UUID.fromString(fields[0]);
    return new RuleTrace(
        RuleId.of(rule),
        Integer.parseInt(fields[1]),
        required(fields, 2),
        switch (fields[3]) {
          case APPLIED -> {
            require(fields.length == 6, fields);
            RuleDiscountShare discounts = share.apply(rule);
            yield new RuleOutcome.Applied(
                SqlValues.code(TabFields.unescape(fields[4])),
                discounts.lines(),
                discounts.shipping(),
                new Money(Long.parseLong(fields[5]), currency));
          }
          case SKIPPED -> {
            require(fields.length == 8, fields);
            yield new RuleOutcome.Skipped(
                parseEnum(SkipReason.class, required(fields, 4)),
                TabFields.unescape(fields[5]),
                TabFields.unescape(fields[6]),
                TabFields.unescape(fields[7]));
          }
          default -> throw new IllegalArgumentException("unknown outcome " + fields[3]);
        });
  }

  private static void require(boolean condition, String[] fields) {
    if (!condition) {
      throw new IllegalArgumentException(
          "a rule of a pricing trace has " + fields.length + " fields");
    }
  }

  private static String required(String[] fields, int index) {
    return requireNonNull(TabFields.unescape(fields[index]), "a field is null");
  }
}
