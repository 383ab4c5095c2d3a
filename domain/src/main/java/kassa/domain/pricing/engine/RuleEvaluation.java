package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.engine.effect.CartIndex;
import kassa.domain.pricing.engine.effect.EffectApplication;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.Code;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Evaluates single rules on the ledger. A rule that does not apply does not change the ledger. */
final class RuleEvaluation {

  private final CartIndex index;
  private final Ledger ledger;
  private final Eligibility eligibility;

  RuleEvaluation(PricingRequest request, AppliedCodes codes, Ledger ledger) {
    this.index = new CartIndex(request.cart());
    this.ledger = ledger;
    this.eligibility = new Eligibility(request, codes, new ConditionCheck(request, index, ledger));
  }

  /** Applies a rule if it is eligible, and returns its outcome. */
  RuleOutcome evaluate(Rule rule) {
    Code code = eligibility.codeFor(rule);
    RuleOutcome.Skipped skipped = eligibility.findSkipReason(rule, code);
    if (skipped != null) {
      return skipped;
    }
    long budget = eligibility.remainingBudget(rule);
    return budget == Long.MAX_VALUE ? apply(rule, code) : applyWithinBudget(budget, rule, code);
  }

  private RuleOutcome apply(Rule rule, @Nullable Code code) {
    int entries = ledger.entries().size();
    int gifts = ledger.gifts().size();
    ledger.startRule();
    EffectApplication application = new EffectApplication(index, ledger, rule, code);
    for (Effect effect : rule.definition().effects()) {
      application.apply(effect);
      requireAllowedCount(ledger.entries().size());
    }
    if (ledger.entries().size() == entries && ledger.gifts().size() == gifts) {
      ledger.rollbackRule();
      return new NoEffectReason(index, ledger).explain(rule);
    }
    return toOutcome(
        code, application.unapplied(), ledger.entries().subList(entries, ledger.entries().size()));
  }

  private static void requireAllowedCount(int discounts) {
    if (discounts > Cart.MAX_DISCOUNTS) {
      throw new InvalidValueException(
          Reason.TOO_MANY,
          "the active rules must give at most " + Cart.MAX_DISCOUNTS + " discounts on all lines");
    }
  }

  /** Applies a rule, and rolls it back if its discount exceeds the remaining budget. */
  private RuleOutcome applyWithinBudget(long budget, Rule rule, @Nullable Code code) {
    Ledger before = ledger.copy();
    RuleOutcome outcome = apply(rule, code);
    if (outcome instanceof RuleOutcome.Applied applied && applied.amount().minorUnits() > budget) {
      ledger.copyFrom(before);
      return new RuleOutcome.Skipped(
          SkipReason.BUDGET_EXCEEDED,
          "/limits/budget",
          "a discount of at most " + ledger.money(budget).toPlainString(),
          applied.amount().toPlainString());
    }
    return outcome;
  }

  private RuleOutcome.Applied toOutcome(
      @Nullable Code code, long unapplied, List<Ledger.Entry> entries) {
    return toOutcome(code, ledger, unapplied, entries);
  }

  /** Returns the outcome of an applied rule from its ledger entries. */
  static RuleOutcome.Applied toOutcome(
      @Nullable Code code, Ledger ledger, long unapplied, List<Ledger.Entry> entries) {
    long shipping = 0;
    long[] lines = new long[ledger.shippingSlot() + ledger.gifts().size()];
    for (Ledger.Entry entry : entries) {
      if (entry.slot() == ledger.shippingSlot()) {
        shipping += entry.amount();
      } else {
        lines[ledger.lineOf(entry.slot())] += entry.amount();
      }
    }
    List<RuleOutcome.LineDiscount> lineDiscounts = new ArrayList<>();
    for (int line = 0; line < lines.length; line++) {
      if (lines[line] > 0) {
        lineDiscounts.add(new RuleOutcome.LineDiscount(line, ledger.money(lines[line])));
      }
    }
    return new RuleOutcome.Applied(
        code, lineDiscounts, ledger.money(shipping), ledger.money(unapplied));
  }
}
