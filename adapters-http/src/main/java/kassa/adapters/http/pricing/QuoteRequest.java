package kassa.adapters.http.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.pricing.QuoteCart.WhatIfRules;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.rule.Policy;
import kassa.domain.rule.PolicyReader;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /v1/quotes}. */
public final class QuoteRequest {

  /** The most rules that are tried out at once. */
  public static final int MAX_RULES = 1_000;

  /** The most effects of all rules that are tried out at once: each is work for every line. */
  public static final int MAX_EFFECTS = 1_000;

  private final JsonFields fields;
  private final Faults faults;

  private QuoteRequest(JsonFields fields, Faults faults) {
    this.fields = fields;
    this.faults = faults;
  }

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return what is to be priced; {@code null} if anything is wrong
   */
  public static QuoteCart.@Nullable Command read(
      JsonNode body, AcceptedCurrencies currencies, Faults faults) {
    return new QuoteRequest(new JsonFields(body, "", faults), faults).readCommand(currencies);
  }

  private QuoteCart.@Nullable Command readCommand(AcceptedCurrencies currencies) {
    CartDraftRequest sent = CartDraftRequest.ofQuote(fields, currencies, faults);
    Instant at = fields.optionalText("at", text -> RuleReader.parseInstant("at", text));
    WhatIfRules rules = readRules(sent.currency());
    Policy policy = readPolicy(fields.optionalValue("policy"));
    fields.refuseOthers();
    return sent.draft() == null || !faults.isEmpty()
        ? null
        : new QuoteCart.Command(sent.draft(), at, rules, policy);
  }

  /** What is not named is as it is by default. */
  private @Nullable Policy readPolicy(@Nullable JsonNode policy) {
    if (policy == null) {
      return null;
    }
    Violations flaws = new Violations();
    JsonObjectReader reader =
        new JsonObjectReader(JsonValueConverter.toJsonValue(policy), fields.at("policy"), flaws);
    Policy read = PolicyReader.read(reader, Policy.DEFAULT);
    faults.addAll(flaws);
    return read;
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
      faults.invalid(
          fields.at("rules"),
          "too_many",
          "rules must hold at most " + MAX_EFFECTS + " effects together");
    }
    return new WhatIfRules(rules, usages);
  }

  private WhatIfRuleRequest readRule(
      JsonNode node, String pointer, @Nullable Currency currency, Set<RuleId> ids) {
    WhatIfRuleRequest rule = WhatIfRuleRequest.read(node, pointer, currency, faults);
    if (rule.id() != null && !ids.add(rule.id())) {
      faults.invalid(pointer + "/id", "repeated", "a rule before it has this id");
    }
    return rule;
  }
}
