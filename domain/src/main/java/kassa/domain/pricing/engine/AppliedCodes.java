package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import kassa.domain.pricing.CodeUsage;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Code;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** The codes of a request, and which rules in force they bring. */
final class AppliedCodes {

  private final PricingRequest request;
  private final RuleSet ruleSet;
  private final @Nullable String description;

  AppliedCodes(PricingRequest request, RuleSet ruleSet) {
    this.request = request;
    this.ruleSet = ruleSet;
    this.description = description(request.codes());
  }

  /** The rule in force that a code brings, if there is one. */
  @Nullable RuleId ruleOf(Code code) {
    RuleId naming = ruleSet.findByCode(code);
    if (naming != null) {
      return naming;
    }
    CodeUsage use = request.codeUsages().get(code.key());
    return use != null && ruleSet.find(use.rule()) != null ? use.rule() : null;
  }

  /** The codes that were entered, for people; {@code null} if there were none. */
  @Nullable String description() {
    return description;
  }

  /** Short, as each rule that none of them brings is told of them. */
  private static @Nullable String description(SequencedSet<Code> codes) {
    if (codes.isEmpty()) {
      return null;
    }
    String first = codes.getFirst().toString();
    return codes.size() == 1 ? first : first + " and " + (codes.size() - 1) + " more";
  }

  /** The codes that were entered for a rule. */
  List<Code> codesFor(Rule rule) {
    List<Code> codes = new ArrayList<>(1);
    for (Code code : request.codes()) {
      if (rule.id().equals(ruleOf(code)) || code.equals(rule.definition().code())) {
        codes.add(code);
      }
    }
    return codes;
  }

  /** Whether a code may be used once more. */
  boolean isAvailable(Code code, Rule rule) {
    LimitCounts usage = request.limitCountsOf(rule.id());
    CodeUsage use = request.codeUsages().get(code.key());
    Long limit =
        use != null && use.limit() != null ? use.limit() : rule.definition().limits().perCode();
    long redeemed = use == null ? usage.redeemedWithCode() : use.redeemed();
    return limit == null || Eligibility.effectiveUses(redeemed, usage, rule) < limit;
  }
}
