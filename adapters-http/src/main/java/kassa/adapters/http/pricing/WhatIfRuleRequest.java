package kassa.adapters.http.pricing;

import java.util.Currency;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.adapters.http.json.MoneyParser;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.Money;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule that is tried out, as it is sent: what it says, and how far its limits are used up.
 *
 * @param id names it; {@code null} if that is wrong
 * @param rule the rule; {@code null} if anything is wrong with it
 * @param usage how far its limits are used up
 */
record WhatIfRuleRequest(@Nullable RuleId id, @Nullable Rule rule, LimitCounts usage) {

  /**
   * Reads a rule.
   *
   * @param pointer where it stands: at a place in a list
   * @param currency that of the body; {@code null} if it is not known
   * @param faults takes all that is wrong with it
   */
  static WhatIfRuleRequest read(
      JsonNode node, String pointer, @Nullable Currency currency, Faults faults) {
    Violations flaws = new Violations();
    JsonObjectReader fields =
        new JsonObjectReader(JsonValueConverter.toJsonValue(node), pointer, flaws);
    if (!flaws.isEmpty()) {
      faults.addAll(flaws);
      return new WhatIfRuleRequest(null, null, LimitCounts.NONE);
    }
    RuleId id =
        fields.has("id")
            ? fields.optionalText("id", RuleId::new)
            : new RuleId(pointer.substring(pointer.lastIndexOf('/') + 1));
    Long version = fields.optionalInteger("version", 1, Integer.MAX_VALUE);
    // What is tried out counts as in force, whatever it is where it was taken from.
    fields.value("status");
    RuleDefinition definition = RuleReader.read(fields);
    LimitCounts usage = usage(fields.optionalObject("usage"), definition, currency);
    fields.rejectUnknownFields();
    faults.addAll(flaws);
    return id == null || definition == null || !flaws.isEmpty()
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

  /** A rule without a budget has no such field. */
  private static long budgetUsed(
      JsonObjectReader usage, @Nullable RuleDefinition definition, @Nullable Currency currency) {
    if (definition == null) {
      usage.value("budgetUsed");
      return 0;
    }
    return switch (definition.limits().budget()) {
      case null -> 0;
      case Budget.Usage budget -> uses(usage, "budgetUsed");
      case Budget.Spend budget -> {
        Money spent =
            usage.optionalText(
                "budgetUsed", text -> MoneyParser.parseMoney("budgetUsed", text, currency));
        yield spent == null ? 0 : spent.minorUnits();
      }
    };
  }

  private static long uses(JsonObjectReader usage, String name) {
    Long uses = usage.optionalInteger(name, 0, RuleReader.MAX_USES);
    return uses == null ? 0 : uses;
  }
}
