package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.money.Money;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.Tax;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.Code;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;

/**
 * The pricing engine: a pure function of a request and the active rules. Equal arguments always
 * result in equal quotes. Thread-safe.
 */
public final class Pricing {

  private Pricing() {}

  /**
   * Prices a cart.
   *
   * @param request the pricing request
   * @param ruleSet the active rules and the policy
   * @return the price, with the outcome of each rule
   * @throws InvalidValueException if the rules give more than {@link Cart#MAX_DISCOUNTS} discounts
   */
  public static Quote price(PricingRequest request, RuleSet ruleSet) {
    RuleResolver resolver = new RuleResolver(request, ruleSet);
    Ledger ledger = resolver.resolve();
    List<RuleTrace> trace = trace(ruleSet, resolver);
    return new Quote(priced(request.cart(), ledger), rejected(request, ruleSet, resolver), trace);
  }

  private static List<RuleTrace> trace(RuleSet ruleSet, RuleResolver resolver) {
    List<RuleTrace> trace = new ArrayList<>(ruleSet.rules().size());
    for (int index = 0; index < ruleSet.rules().size(); index++) {
      Rule rule = ruleSet.rules().get(index);
      trace.add(new RuleTrace(rule.id(), rule.version(), rule.label(), resolver.outcome(index)));
    }
    return trace;
  }

  private static List<Rejection> rejected(
      PricingRequest request, RuleSet ruleSet, RuleResolver resolver) {
    List<Rejection> rejected = new ArrayList<>();
    for (Code code : request.codes()) {
      RuleId id = resolver.ruleOf(code);
      SkipReason reason = id == null ? SkipReason.UNKNOWN_CODE : resolver.skipReason(id, code);
      if (reason != null) {
        rejected.add(
            new Rejection(code, id, reason, id == null ? null : resolver.requiredCurrency(id)));
      }
    }
    for (int index = 0; index < ruleSet.rules().size(); index++) {
      Rule rule = ruleSet.rules().get(index);
      if (!rule.needsCode()
          && resolver.outcome(index) instanceof RuleOutcome.Skipped skipped
          && isLimit(skipped.reason())) {
        rejected.add(new Rejection(null, rule.id(), skipped.reason()));
      }
    }
    return rejected;
  }

  private static boolean isLimit(SkipReason reason) {
    return reason == SkipReason.USAGE_LIMIT_REACHED
        || reason == SkipReason.PER_CUSTOMER_LIMIT_REACHED
        || reason == SkipReason.BUDGET_EXCEEDED;
  }

  private static PricedCart priced(Cart cart, Ledger ledger) {
    int slots = cart.lines().size() + 1 + ledger.gifts().size();
    List<List<Discount>> discounts = new ArrayList<>(Collections.nCopies(slots, List.of()));
    for (Ledger.Entry entry : ledger.entries()) {
      if (discounts.get(entry.slot()).isEmpty()) {
        discounts.set(entry.slot(), new ArrayList<>(2));
      }
      add(discounts.get(entry.slot()), entry, ledger);
    }
    Tax noTax = new Tax(ledger.money(0), cart.pricesIncludeTax());
    List<PricedLine> lines = new ArrayList<>(slots);
    for (int line = 0; line < cart.lines().size(); line++) {
      CartLine bought = cart.lines().get(line);
      lines.add(
          TaxCalculation.applyTax(
              bought,
              ledger.money(ledger.gross(line)),
              discounts.get(line),
              ledger.unitRuns(line),
              noTax,
              ledger.policy().taxRoundAt()));
    }
    for (int gift = 0; gift < ledger.gifts().size(); gift++) {
      int slot = ledger.shippingSlot() + 1 + gift;
      CartLine given = ledger.gifts().get(gift);
      lines.add(
          TaxCalculation.applyTax(
              given,
              given.subtotal(),
              discounts.get(slot),
              List.of(),
              noTax,
              ledger.policy().taxRoundAt()));
    }
    Shipping shipping = cart.shipping();
    return new PricedCart(
        cart.currency(),
        lines,
        shipping == null
            ? null
            : TaxCalculation.applyTax(
                shipping, discounts.get(ledger.shippingSlot()), cart.pricesIncludeTax()));
  }

  /**
   * Adds an entry to the discounts of a line, merged with the discount of the same rule and label.
   * The discounts of one rule are consecutive, so only the end of the list is checked.
   */
  private static void add(List<Discount> discounts, Ledger.Entry entry, Ledger ledger) {
    Money amount = ledger.money(entry.amount());
    for (int i = discounts.size() - 1; i >= 0; i--) {
      Discount before = discounts.get(i);
      if (!before.rule().equals(entry.rule().id())) {
        break;
      }
      if (before.label().equals(entry.label())) {
        discounts.set(i, discount(entry, before.amount().plus(amount)));
        return;
      }
    }
    discounts.add(discount(entry, amount));
  }

  private static Discount discount(Ledger.Entry entry, Money amount) {
    return new Discount(
        entry.rule().id(), entry.rule().version(), entry.label(), entry.code(), amount);
  }
}
