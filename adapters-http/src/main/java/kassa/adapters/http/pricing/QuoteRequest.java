package kassa.adapters.http.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.pricing.QuoteCart.WhatIfRules;
import kassa.domain.Timestamps;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.json.PolicyReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /v1/quotes}. */
public final class QuoteRequest {

  /** Maximum number of what-if rules. */
  public static final int MAX_RULES = 1_000;

  /** Maximum number of effects of all what-if rules; the work of each grows with the lines. */
  public static final int MAX_EFFECTS = 1_000;

  private final JsonObjectReader fields;
  private final Violations violations;

  private QuoteRequest(JsonObjectReader fields, Violations violations) {
    this.fields = fields;
    this.violations = violations;
  }

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return the cart to price; {@code null} if there are violations
   */
  public static QuoteCart.@Nullable Command read(
      JsonNode body, AcceptedCurrencies currencies, Violations violations) {
    return new QuoteRequest(JsonNodeInput.reader(body, violations), violations)
        .readCommand(currencies);
  }

  private QuoteCart.@Nullable Command readCommand(AcceptedCurrencies currencies) {
    CartDraftRequest sent = CartDraftRequest.ofQuote(fields, currencies, violations);
    Instant at = fields.optionalText("at", text -> Timestamps.parse("at", text));
    WhatIfRules rules = readRules(sent.currency());
    Policy policy = readPolicy(fields.value("policy"));
    fields.rejectUnknownFields();
    return sent.draft() == null || !violations.isEmpty()
        ? null
        : new QuoteCart.Command(sent.draft(), at, rules, policy);
  }

  /** Reads the policy; absent fields have their default. */
  private @Nullable Policy readPolicy(@Nullable JsonInput policy) {
    if (policy == null) {
      return null;
    }
    return PolicyReader.read(
        new JsonObjectReader(JsonValue.copyOf(policy), fields.pointerTo("policy"), violations),
        Policy.DEFAULT);
  }

  private @Nullable WhatIfRules readRules(@Nullable Currency currency) {
    Set<RuleId> ids = new HashSet<>();
    List<WhatIfRuleRequest> sent =
        fields.optionalList(
            "rules", MAX_RULES, (node, pointer) -> readRule(node, pointer, currency, ids));
    if (sent == null) {
      return null;
    }
    List<Rule> rules = new ArrayList<>(sent.size());
    Map<RuleId, LimitCounts> usages = new HashMap<>();
    for (WhatIfRuleRequest each : sent) {
      Rule rule = each.rule();
      if (rule != null) {
        rules.add(rule);
        usages.put(rule.id(), each.usage());
      }
    }
    int effects = rules.stream().mapToInt(rule -> rule.definition().effects().size()).sum();
    if (effects > MAX_EFFECTS) {
      violations.addInvalid(
          fields.pointerTo("rules"),
          "too_many",
          "rules must have at most " + MAX_EFFECTS + " effects in total");
    }
    return new WhatIfRules(rules, usages);
  }

  private WhatIfRuleRequest readRule(
      JsonInput node, String pointer, @Nullable Currency currency, Set<RuleId> ids) {
    WhatIfRuleRequest rule = WhatIfRuleRequest.read(node, pointer, currency, violations);
    if (rule.id() != null && !ids.add(rule.id())) {
      violations.addInvalid(
          pointer + "/id", "repeated", "an earlier rule in the list has the same id");
    }
    return rule;
  }
}
