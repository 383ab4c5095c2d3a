package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy.Resolver;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition.Level;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Decides which rules of a set apply to a cart, and lets them. */
final class Resolution {

  private final List<Rule> rules;
  private final Resolver resolver;
  private final Ledger ledger;
  private final Trial trial;
  private final @Nullable Verdict[] verdicts;
  private final Map<RuleId, Integer> places;
  private final EnteredCodes codes;

  Resolution(PricingRequest request, RuleSet ruleSet) {
    rules = ruleSet.rules();
    resolver = ruleSet.policy().resolver();
    ledger = new Ledger(request.cart(), ruleSet.policy());
    codes = new EnteredCodes(request, ruleSet);
    trial = new Trial(request, codes, ledger);
    verdicts = new Verdict[rules.size()];
    places = new HashMap<>();
    if (!request.codes().isEmpty()) {
      for (int place = 0; place < rules.size(); place++) {
        places.put(rules.get(place).id(), place);
      }
    }
  }

  /** What is left of everything when all rules have been looked at. */
  Ledger resolve() {
    Rule exclusive = exclusive();
    if (exclusive == null) {
      int[] open = places(place -> !rules.get(place).definition().exclusive());
      switch (resolver) {
        case STACK -> pass(open);
        case BEST_TOTAL -> bestTotal(open);
        case BEST_TOTAL_PER_LEVEL -> {
          bestTotal(ofLevel(open, Level.ITEM));
          bestTotal(ofLevel(open, Level.ORDER));
        }
      }
    }
    if (exclusive != null) {
      exclude(exclusive);
    }
    return ledger;
  }

  Verdict verdict(int place) {
    return Objects.requireNonNull(verdicts[place]);
  }

  /** The rule in force that a code brings, if there is one. */
  @Nullable RuleId ruleOf(Code code) {
    return codes.ruleOf(code);
  }

  /** Why a code does not bring its rule; {@code null} if it does. */
  @Nullable SkipReason whyNot(RuleId rule, Code code) {
    return switch (verdict(Objects.requireNonNull(places.get(rule)))) {
      case Verdict.Skipped skipped -> skipped.reason();
      case Verdict.Applied applied ->
          code.equals(applied.code()) ? null : SkipReason.CODE_NOT_NEEDED;
    };
  }

  /** Lets the first exclusive rule that is eligible apply; {@code null} if there is none. */
  private @Nullable Rule exclusive() {
    for (int place = 0; place < rules.size(); place++) {
      if (rules.get(place).definition().exclusive()) {
        verdicts[place] = trial.judge(rules.get(place));
        if (verdicts[place] instanceof Verdict.Applied) {
          return rules.get(place);
        }
      }
    }
    return null;
  }

  /** Keeps out all that have not been looked at. */
  private void exclude(Rule applied) {
    Verdict excluded =
        new Verdict.Skipped(
            SkipReason.EXCLUDED,
            "/exclusive",
            "no exclusive rule that applies",
            applied.id().value());
    for (int place = 0; place < verdicts.length; place++) {
      if (verdicts[place] == null) {
        verdicts[place] = excluded;
      }
    }
  }

  /** Looks at some rules, one after the other. */
  private void pass(int[] some) {
    for (int place : some) {
      String group = rules.get(place).definition().bestOfGroup();
      if (group == null) {
        verdicts[place] = trial.judge(rules.get(place));
      } else if (verdicts[place] == null) {
        best(Arrays.stream(some).filter(other -> isOf(group, other)).toArray());
      }
    }
  }

  private boolean isOf(String group, int place) {
    return group.equals(rules.get(place).definition().bestOfGroup());
  }

  /** Of some rules, lets that one apply to each line which saves more there. */
  private void best(int[] some) {
    Ledger before = ledger.copy();
    List<Ledger> after = new ArrayList<>();
    for (int place : some) {
      verdicts[place] = trial.judge(rules.get(place));
      after.add(ledger.copy());
      ledger.become(before.copy());
    }
    List<RuleId> ids = Arrays.stream(some).mapToObj(place -> rules.get(place).id()).toList();
    Contest contest = new Contest(ledger, ids, before, after);
    contest.settle();
    for (int i = 0; i < some.length; i++) {
      if (verdicts[some[i]] instanceof Verdict.Applied applied) {
        verdicts[some[i]] = contest.verdict(i, applied);
      }
    }
  }

  /** Lets all combinable rules apply together, or one of the others alone: what saves more. */
  private void bestTotal(int[] some) {
    List<int[]> candidates = new ArrayList<>();
    candidates.add(
        Arrays.stream(some).filter(place -> rules.get(place).definition().combinable()).toArray());
    for (int place : some) {
      if (!rules.get(place).definition().combinable()) {
        candidates.add(new int[] {place});
      }
    }
    Ledger before = ledger.copy();
    long[] saved = new long[candidates.size()];
    Ledger best = null;
    int winner = 0;
    for (int i = 0; i < saved.length; i++) {
      pass(candidates.get(i));
      saved[i] = ledger.takenFromAll() - before.takenFromAll();
      if (best == null || saved[i] > saved[winner]) {
        best = ledger.copy();
        winner = i;
      }
      ledger.become(before.copy());
    }
    ledger.become(Objects.requireNonNull(best));
    for (int i = 0; i < saved.length; i++) {
      if (i != winner) {
        outdo(
            candidates.get(i),
            saved[i],
            winner == 0 ? null : candidates.get(winner),
            saved[winner]);
      }
    }
  }

  /** Some rules would have applied, but others save more, or as much and come first. */
  private void outdo(int[] some, long saved, int @Nullable [] alone, long more) {
    String by = alone == null ? "all combinable rules" : rules.get(alone[0]).id().value();
    Verdict outdone =
        new Verdict.Skipped(
            SkipReason.OUTDONE,
            "/combinable",
            "more than " + ledger.money(more).toPlainString() + " by " + by,
            ledger.money(saved).toPlainString());
    for (int place : some) {
      if (verdicts[place] instanceof Verdict.Applied) {
        verdicts[place] = outdone;
      }
    }
  }

  private int[] ofLevel(int[] some, Level level) {
    return Arrays.stream(some)
        .filter(place -> rules.get(place).definition().level() == level)
        .toArray();
  }

  private int[] places(IntPredicate which) {
    return java.util.stream.IntStream.range(0, rules.size()).filter(which).toArray();
  }
}
