package kassa.adapters.http.pricing;

import java.math.BigDecimal;
import java.util.Currency;
import kassa.adapters.http.json.MoneyParser;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.Money;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.json.RuleReader;
import org.jspecify.annotations.Nullable;

/**
 * What-if rule of a quote request: a rule definition with an assumed usage of its limits.
 *
 * @param id id of the rule; {@code null} if it is invalid
 * @param rule the rule; {@code null} if there are violations
 * @param usage assumed usage of its limits
 */
record WhatIfRuleRequest(@Nullable RuleId id, @Nullable Rule rule, LimitCounts usage) {

  /**
   * Reads a rule.
   *
   * @param pointer JSON pointer of the rule, an element of a list
   * @param currency currency of the body; {@code null} if it is unknown
   * @param violations collects the violations
   */
  static WhatIfRuleRequest read(
      JsonInput node, String pointer, @Nullable Currency currency, Violations violations) {
    long before = violations.count();
    JsonObjectReader fields = new JsonObjectReader(JsonValue.copyOf(node), pointer, violations);
    if (!node.isObject()) {
      return new WhatIfRuleRequest(null, null, LimitCounts.NONE);
    }
    RuleId id =
        fields.has("id")
            ? fields.optionalText("id", RuleId::new)
            : new RuleId(pointer.substring(pointer.lastIndexOf('/') + 1));
    Long version = fields.optionalInteger("version", 1, Integer.MAX_VALUE);
    // A what-if rule is always active; the status of the original rule is ignored.
    fields.value("status");
    RuleDefinition definition = RuleReader.read(fields);
    LimitCounts usage = usage(fields.optionalObject("usage"), definition, currency);
    fields.rejectUnknownFields();
    return id == null || definition == null || violations.count() > before
        ? new WhatIfRuleRequest(id, null, usage)
        : new WhatIfRuleRequest(
            id,
            new Rule(
                id,
                version == null ? 1 : version.intValue(),
                definition.code() != null,
                definition),
            usage);
  }

  private static LimitCounts usage(
      @Nullable JsonObjectReader usage,
      @Nullable RuleDefinition definition,
      @Nullable Currency currency) {
    if (usage == null) {
      return LimitCounts.NONE;
    }
    LimitCounts read =
        new LimitCounts(
            uses(usage, "redeemed"),
            uses(usage, "redeemedWithCode"),
            uses(usage, "redeemedByCustomer"),
            uses(usage, "redeemedByCancelledOrders"),
            budgetUsed(usage, definition, currency));
    usage.rejectUnknownFields();
    return read;
  }

  /** Reads the used budget; the field is unknown for a rule without a budget. */
  private static long budgetUsed(
      JsonObjectReader usage, @Nullable RuleDefinition definition, @Nullable Currency currency) {
    if (definition == null) {
      usage.value("budgetUsed");
      return 0;
    }
    return switch (definition.limits().budget()) {
      case null -> 0;
      case Budget.Usage budget -> {
        Long used =
            usage.optionalDecimal(
                "budgetUsed", WhatIfRuleRequest::toUses, WhatIfRuleRequest::parseUses);
        yield used == null ? 0 : used;
      }
      case Budget.Spend budget -> {
        Money spent =
            usage.optionalText(
                "budgetUsed", text -> MoneyParser.parseMoney("budgetUsed", text, currency));
        yield spent == null ? 0 : spent.minorUnits();
      }
    };
  }

  private static Long parseUses(String text) {
    if (!text.matches("[0-9]{1,13}")) {
      throw new InvalidValueException(
          Reason.MALFORMED, "budgetUsed must be a whole number of uses");
    }
    return toUses(new BigDecimal(text));
  }

  private static Long toUses(BigDecimal number) {
    return JsonObjectReader.toInteger("budgetUsed", number, 0, RuleReader.MAX_USES);
  }

  private static long uses(JsonObjectReader usage, String name) {
    Long uses = usage.optionalInteger(name, 0, RuleReader.MAX_USES);
    return uses == null ? 0 : uses;
  }
}
