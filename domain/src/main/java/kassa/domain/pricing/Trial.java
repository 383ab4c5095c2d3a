package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.rule.Code;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Tries single rules on the ledger: one that may not apply, or does nothing, leaves no trace. */
final class Trial {

  private final CartIndex index;
  private final Ledger ledger;
  private final Eligibility eligibility;

  Trial(PricingRequest request, EnteredCodes codes, Ledger ledger) {
    this.index = new CartIndex(request.cart());
    this.ledger = ledger;
    this.eligibility = new Eligibility(request, codes, new ConditionCheck(request, index, ledger));
  }

  /** Applies a rule if it may be applied, and says what became of it. */
  Verdict judge(Rule rule) {
    Code code = eligibility.codeOf(rule);
    Verdict.Skipped skipped = eligibility.whyNot(rule, code);
    if (skipped != null) {
      return skipped;
    }
    long budget = eligibility.budgetLeft(rule);
    return budget == Long.MAX_VALUE ? apply(rule, code) : applyWithin(budget, rule, code);
  }

  private Verdict apply(Rule rule, @Nullable Code code) {
    int entries = ledger.entries().size();
    int gifts = ledger.gifts().size();
    ledger.begin();
    EffectApplication application = new EffectApplication(index, ledger, rule, code);
    for (Effect effect : rule.definition().effects()) {
      application.apply(effect);
    }
    if (ledger.entries().size() == entries && ledger.gifts().size() == gifts) {
      ledger.undo();
      return new NoEffect(index, ledger).of(rule);
    }
    return applied(
        code, application.dropped(), ledger.entries().subList(entries, ledger.entries().size()));
  }

  /** A budget that the order would exceed refuses the rule whole. */
  private Verdict applyWithin(long budget, Rule rule, @Nullable Code code) {
    Ledger before = ledger.copy();
    Verdict verdict = apply(rule, code);
    if (verdict instanceof Verdict.Applied applied && applied.amount().minorUnits() > budget) {
      ledger.become(before);
      return new Verdict.Skipped(
          SkipReason.BUDGET_EXCEEDED,
          "/limits/budget",
          "at most " + ledger.money(budget).toPlainString() + " more",
          applied.amount().toPlainString());
    }
    return verdict;
  }

  private Verdict.Applied applied(@Nullable Code code, long dropped, List<Ledger.Entry> entries) {
    return applied(code, ledger, dropped, entries);
  }

  /** What a rule has done, by what it entered. */
  static Verdict.Applied applied(
      @Nullable Code code, Ledger ledger, long dropped, List<Ledger.Entry> entries) {
    long shipping = 0;
    long[] lines = new long[ledger.shipping() + ledger.gifts().size()];
    for (Ledger.Entry entry : entries) {
      if (entry.slot() == ledger.shipping()) {
        shipping += entry.amount();
      } else {
        lines[ledger.lineOf(entry.slot())] += entry.amount();
      }
    }
    List<Verdict.Share> shares = new ArrayList<>();
    for (int line = 0; line < lines.length; line++) {
      if (lines[line] > 0) {
        shares.add(new Verdict.Share(line, ledger.money(lines[line])));
      }
    }
    return new Verdict.Applied(code, shares, ledger.money(shipping), ledger.money(dropped));
  }
}
