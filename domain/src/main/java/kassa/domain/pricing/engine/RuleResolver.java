package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy.Resolver;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleCombination.Level;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Resolves which rules of a set apply to a cart, and applies them. */
final class RuleResolver {

  private final List<Rule> rules;
  private final Resolver resolver;
  private final Ledger ledger;
  private final RuleEvaluation evaluation;
  private final @Nullable RuleOutcome[] outcomes;
  private final Map<RuleId, Integer> indexById;
  private final AppliedCodes codes;

  RuleResolver(PricingRequest request, RuleSet ruleSet) {
    rules = ruleSet.rules();
    resolver = ruleSet.policy().resolver();
    ledger = new Ledger(request.cart(), ruleSet.policy());
    codes = new AppliedCodes(request, ruleSet);
    evaluation = new RuleEvaluation(request, codes, ledger);
    outcomes = new RuleOutcome[rules.size()];
    indexById = request.codes().isEmpty() ? Map.of() : indexById(rules);
  }

  private static Map<RuleId, Integer> indexById(List<Rule> rules) {
    Map<RuleId, Integer> indexes = HashMap.newHashMap(rules.size());
    for (int index = 0; index < rules.size(); index++) {
      indexes.put(rules.get(index).id(), index);
    }
    return indexes;
  }

  /** Evaluates all rules and returns the ledger with their discounts. */
  Ledger resolve() {
    Rule exclusive = applyExclusive();
    if (exclusive == null) {
      int[] open = notExclusive();
      switch (resolver) {
        case STACK -> applyAll(open);
        case BEST_TOTAL -> applyBestTotal(open);
        case BEST_TOTAL_PER_LEVEL -> {
          applyBestTotal(ofLevel(open, Level.ITEM));
          applyBestTotal(ofLevel(open, Level.ORDER));
        }
      }
    }
    if (exclusive != null) {
      markExcluded(exclusive);
    }
    return ledger;
  }

  RuleOutcome outcome(int index) {
    return Objects.requireNonNull(outcomes[index]);
  }

  /** Returns the active rule of a code; {@code null} if there is none. */
  @Nullable RuleId ruleOf(Code code) {
    return codes.ruleOf(code);
  }

  /** Returns why a code does not apply; {@code null} if it activated its rule. */
  @Nullable SkipReason skipReason(RuleId rule, Code code) {
    return switch (outcome(Objects.requireNonNull(indexById.get(rule)))) {
      case RuleOutcome.Skipped skipped -> skipped.reason();
      case RuleOutcome.Applied applied ->
          code.equals(applied.code()) ? null : SkipReason.CODE_NOT_NEEDED;
    };
  }

  /** Returns the currency that a rule requires; {@code null} if it is not why the rule failed. */
  @Nullable String requiredCurrency(RuleId rule) {
    return outcome(Objects.requireNonNull(indexById.get(rule)))
                instanceof RuleOutcome.Skipped skipped
            && Eligibility.CURRENCY_PATH.equals(skipped.path())
        ? skipped.expected()
        : null;
  }

  /** Applies the first exclusive rule that is eligible; returns {@code null} if there is none. */
  private @Nullable Rule applyExclusive() {
    for (int index = 0; index < rules.size(); index++) {
      if (rules.get(index).definition().combination().isExclusive()) {
        outcomes[index] = evaluation.evaluate(rules.get(index));
        if (outcomes[index] instanceof RuleOutcome.Applied) {
          return rules.get(index);
        }
      }
    }
    return null;
  }

  /** Marks all rules that are not evaluated yet as excluded. */
  private void markExcluded(Rule applied) {
    RuleOutcome excluded =
        new RuleOutcome.Skipped(
            SkipReason.EXCLUDED,
            "/exclusive",
            "no exclusive rule that applies",
            applied.id().value());
    for (int index = 0; index < outcomes.length; index++) {
      if (outcomes[index] == null) {
        outcomes[index] = excluded;
      }
    }
  }

  /** Evaluates rules one after another. */
  private void applyAll(int[] indexes) {
    for (int index : indexes) {
      String group = rules.get(index).definition().combination().bestOfGroup();
      if (group == null) {
        outcomes[index] = evaluation.evaluate(rules.get(index));
      } else if (outcomes[index] == null) {
        applyBestOfGroup(Arrays.stream(indexes).filter(other -> isInGroup(group, other)).toArray());
      }
    }
  }

  private boolean isInGroup(String group, int index) {
    return group.equals(rules.get(index).definition().combination().bestOfGroup());
  }

  /** Applies to each line the rule of a group with the largest discount. */
  private void applyBestOfGroup(int[] indexes) {
    Ledger before = ledger.copy();
    List<Ledger> after = new ArrayList<>();
    for (int index : indexes) {
      outcomes[index] = evaluation.evaluate(rules.get(index));
      after.add(ledger.copy());
      ledger.copyFrom(before.copy());
    }
    List<RuleId> ids = Arrays.stream(indexes).mapToObj(index -> rules.get(index).id()).toList();
    BestOfGroup bestOfGroup = new BestOfGroup(ledger, ids, before, after);
    bestOfGroup.resolve();
    for (int i = 0; i < indexes.length; i++) {
      if (outcomes[indexes[i]] instanceof RuleOutcome.Applied applied) {
        outcomes[indexes[i]] = bestOfGroup.outcome(i, applied);
      }
    }
  }

  /** Applies all combinable rules together, or one other rule alone: the larger discount wins. */
  private void applyBestTotal(int[] indexes) {
    List<int[]> candidates = new ArrayList<>();
    candidates.add(
        Arrays.stream(indexes)
            .filter(index -> rules.get(index).definition().combination().isCombinable())
            .toArray());
    for (int index : indexes) {
      if (!rules.get(index).definition().combination().isCombinable()) {
        candidates.add(new int[] {index});
      }
    }
    Ledger before = ledger.copy();
    long[] saved = new long[candidates.size()];
    Ledger best = null;
    int winner = 0;
    for (int i = 0; i < saved.length; i++) {
      applyAll(candidates.get(i));
      saved[i] = ledger.totalDiscount() - before.totalDiscount();
      if (best == null || saved[i] > saved[winner]) {
        best = ledger.copy();
        winner = i;
      }
      ledger.copyFrom(before.copy());
    }
    ledger.copyFrom(Objects.requireNonNull(best));
    for (int i = 0; i < saved.length; i++) {
      if (i != winner) {
        markNotBestOffer(
            candidates.get(i),
            saved[i],
            winner == 0 ? null : candidates.get(winner),
            saved[winner]);
      }
    }
  }

  /** Marks rules that lost against a larger discount, or against an equal one that came first. */
  private void markNotBestOffer(int[] indexes, long saved, int @Nullable [] winner, long best) {
    String by = winner == null ? "all combinable rules" : rules.get(winner[0]).id().value();
    RuleOutcome notBestOffer =
        new RuleOutcome.Skipped(
            SkipReason.NOT_BEST_OFFER,
            "/combinable",
            "more than " + ledger.money(best).toPlainString() + " by " + by,
            ledger.money(saved).toPlainString());
    for (int index : indexes) {
      if (outcomes[index] instanceof RuleOutcome.Applied) {
        outcomes[index] = notBestOffer;
      }
    }
  }

  private int[] ofLevel(int[] indexes, Level level) {
    return Arrays.stream(indexes)
        .filter(index -> rules.get(index).definition().combination().level() == level)
        .toArray();
  }

  private int[] notExclusive() {
    int[] indexes = new int[rules.size()];
    int count = 0;
    for (int index = 0; index < indexes.length; index++) {
      if (!rules.get(index).definition().combination().isExclusive()) {
        indexes[count++] = index;
      }
    }
    return count == indexes.length ? indexes : Arrays.copyOf(indexes, count);
  }
}
