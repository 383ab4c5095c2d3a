package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy.Resolver;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition.Level;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Decides which rules of a set apply to a cart, and lets them. */
final class RuleResolver {

  private final List<Rule> rules;
  private final Resolver resolver;
  private final Ledger ledger;
  private final RuleEvaluation evaluation;
  private final @Nullable RuleOutcome[] outcomes;
  private final Map<RuleId, Integer> positions;
  private final AppliedCodes codes;

  RuleResolver(PricingRequest request, RuleSet ruleSet) {
    rules = ruleSet.rules();
    resolver = ruleSet.policy().resolver();
    ledger = new Ledger(request.cart(), ruleSet.policy());
    codes = new AppliedCodes(request, ruleSet);
    evaluation = new RuleEvaluation(request, codes, ledger);
    outcomes = new RuleOutcome[rules.size()];
    positions = new HashMap<>();
    if (!request.codes().isEmpty()) {
      for (int place = 0; place < rules.size(); place++) {
        positions.put(rules.get(place).id(), place);
      }
    }
  }

  /** What is left of everything when all rules have been looked at. */
  Ledger resolve() {
    Rule exclusive = applyExclusive();
    if (exclusive == null) {
      int[] open = positions(place -> !rules.get(place).definition().isExclusive());
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

  RuleOutcome outcome(int place) {
    return Objects.requireNonNull(outcomes[place]);
  }

  /** The rule in force that a code brings, if there is one. */
  @Nullable RuleId ruleOf(Code code) {
    return codes.ruleOf(code);
  }

  /** Why a code does not bring its rule; {@code null} if it does. */
  @Nullable SkipReason skipReason(RuleId rule, Code code) {
    return switch (outcome(Objects.requireNonNull(positions.get(rule)))) {
      case RuleOutcome.Skipped skipped -> skipped.reason();
      case RuleOutcome.Applied applied ->
          code.equals(applied.code()) ? null : SkipReason.CODE_NOT_NEEDED;
    };
  }

  /** Lets the first exclusive rule that is eligible apply; {@code null} if there is none. */
  private @Nullable Rule applyExclusive() {
    for (int place = 0; place < rules.size(); place++) {
      if (rules.get(place).definition().isExclusive()) {
        outcomes[place] = evaluation.evaluate(rules.get(place));
        if (outcomes[place] instanceof RuleOutcome.Applied) {
          return rules.get(place);
        }
      }
    }
    return null;
  }

  /** Keeps out all that have not been looked at. */
  private void markExcluded(Rule applied) {
    RuleOutcome excluded =
        new RuleOutcome.Skipped(
            SkipReason.EXCLUDED,
            "/exclusive",
            "no exclusive rule that applies",
            applied.id().value());
    for (int place = 0; place < outcomes.length; place++) {
      if (outcomes[place] == null) {
        outcomes[place] = excluded;
      }
    }
  }

  /** Looks at some rules, one after the other. */
  private void applyAll(int[] some) {
    for (int place : some) {
      String group = rules.get(place).definition().bestOfGroup();
      if (group == null) {
        outcomes[place] = evaluation.evaluate(rules.get(place));
      } else if (outcomes[place] == null) {
        applyBestOfGroup(Arrays.stream(some).filter(other -> isInGroup(group, other)).toArray());
      }
    }
  }

  private boolean isInGroup(String group, int place) {
    return group.equals(rules.get(place).definition().bestOfGroup());
  }

  /** Of some rules, lets that one apply to each line which saves more there. */
  private void applyBestOfGroup(int[] some) {
    Ledger before = ledger.copy();
    List<Ledger> after = new ArrayList<>();
    for (int place : some) {
      outcomes[place] = evaluation.evaluate(rules.get(place));
      after.add(ledger.copy());
      ledger.copyFrom(before.copy());
    }
    List<RuleId> ids = Arrays.stream(some).mapToObj(place -> rules.get(place).id()).toList();
    BestOfGroup bestOfGroup = new BestOfGroup(ledger, ids, before, after);
    bestOfGroup.resolve();
    for (int i = 0; i < some.length; i++) {
      if (outcomes[some[i]] instanceof RuleOutcome.Applied applied) {
        outcomes[some[i]] = bestOfGroup.outcome(i, applied);
      }
    }
  }

  /** Lets all combinable rules apply together, or one of the others alone: what saves more. */
  private void applyBestTotal(int[] some) {
    List<int[]> candidates = new ArrayList<>();
    candidates.add(
        Arrays.stream(some)
            .filter(place -> rules.get(place).definition().isCombinable())
            .toArray());
    for (int place : some) {
      if (!rules.get(place).definition().isCombinable()) {
        candidates.add(new int[] {place});
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

  /** Some rules would have applied, but others save more, or as much and come first. */
  private void markNotBestOffer(int[] some, long saved, int @Nullable [] alone, long more) {
    String by = alone == null ? "all combinable rules" : rules.get(alone[0]).id().value();
    RuleOutcome notBestOffer =
        new RuleOutcome.Skipped(
            SkipReason.NOT_BEST_OFFER,
            "/combinable",
            "more than " + ledger.money(more).toPlainString() + " by " + by,
            ledger.money(saved).toPlainString());
    for (int place : some) {
      if (outcomes[place] instanceof RuleOutcome.Applied) {
        outcomes[place] = notBestOffer;
      }
    }
  }

  private int[] ofLevel(int[] some, Level level) {
    return Arrays.stream(some)
        .filter(place -> rules.get(place).definition().level() == level)
        .toArray();
  }

  private int[] positions(IntPredicate which) {
    return java.util.stream.IntStream.range(0, rules.size()).filter(which).toArray();
  }
}
