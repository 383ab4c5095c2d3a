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

/** The codes of a request and the active rules that they activate. */
final class AppliedCodes {

  private final PricingRequest request;
  private final RuleSet ruleSet;
  private final @Nullable String description;

  AppliedCodes(PricingRequest request, RuleSet ruleSet) {
    this.request = request;
    this.ruleSet = ruleSet;
    this.description = description(request.codes());
  }

  /** Returns the active rule of a code; {@code null} if there is none. */
  @Nullable RuleId ruleOf(Code code) {
    RuleId definedBy = ruleSet.findByCode(code);
    if (definedBy != null) {
      return definedBy;
    }
    CodeUsage usage = request.codeUsages().get(code.key());
    return usage != null && ruleSet.find(usage.rule()) != null ? usage.rule() : null;
  }

  /** Returns the entered codes, for people; {@code null} if there are none. */
  @Nullable String description() {
    return description;
  }

  /** Keeps the text short, because it is in the outcome of every rule whose code is missing. */
  private static @Nullable String description(SequencedSet<Code> codes) {
    if (codes.isEmpty()) {
      return null;
    }
    String first = codes.getFirst().toString();
    return codes.size() == 1 ? first : first + " and " + (codes.size() - 1) + " more";
  }

  /** Returns the entered codes of a rule. */
  List<Code> codesFor(Rule rule) {
    List<Code> codes = new ArrayList<>(1);
    for (Code code : request.codes()) {
      if (rule.id().equals(ruleOf(code)) || code.equals(rule.definition().code())) {
        codes.add(code);
      }
    }
    return codes;
  }

  /** Returns whether the usage limit of a code allows another use. */
  boolean isAvailable(Code code, Rule rule) {
    LimitCounts counts = request.limitCountsOf(rule.id());
    CodeUsage usage = request.codeUsages().get(code.key());
    Long limit =
        usage != null && usage.limit() != null
            ? usage.limit()
            : rule.definition().limits().perCode();
    long redeemed = usage == null ? counts.redeemedWithCode() : usage.redeemed();
    return limit == null || Eligibility.effectiveUses(redeemed, counts, rule) < limit;
  }
}
