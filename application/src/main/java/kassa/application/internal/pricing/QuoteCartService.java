package kassa.application.internal.pricing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import kassa.application.internal.pricing.CartPricing.CartResolution;
import kassa.application.internal.pricing.CartPricing.QuotedRequest;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.domain.InvalidValueException;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.NextTierHints;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Policy;
import org.jspecify.annotations.Nullable;

/** Quotes carts under the active rules or under what-if rules, without storing anything. */
public final class QuoteCartService implements QuoteCart {

  private final CartPricing pricing;
  private final ActiveRuleSet rules;
  private final Policy policy;
  private final InstantSource clock;

  public QuoteCartService(
      CartPricing pricing, ActiveRuleSet rules, Policy policy, InstantSource clock) {
    this.pricing = pricing;
    this.rules = rules;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public Outcome quote(Command command) {
    return switch (pricing.resolve(command.draft())) {
      case CartResolution.Refused(CartRefusal refusal) -> new Outcome.CartRefused(refusal);
      case CartResolution.Resolved full -> {
        try {
          yield quoted(command, full.cart());
        } catch (InvalidValueException tooManyDiscounts) {
          yield new Outcome.CartRefused(new CartRefusal.InvalidCart(tooManyDiscounts));
        }
      }
    };
  }

  private Outcome.Quoted quoted(Command command, Cart cart) {
    Instant at = command.at() == null ? clock.instant() : command.at();
    WhatIfRules whatIf = command.whatIfRules();
    RuleSet set =
        whatIf == null
            ? withPolicy(command.policy(), rules.current())
            : new RuleSet(0, whatIf.rules(), command.policy() == null ? policy : command.policy());
    QuotedRequest priced =
        whatIf == null
            ? pricing.price(command.draft(), cart, at, set)
            : priced(command.draft(), cart, at, set, whatIf);
    return new Outcome.Quoted(
        priced.quote(), NextTierHints.of(priced.request(), set, priced.quote()));
  }

  private static RuleSet withPolicy(@Nullable Policy policy, RuleSet set) {
    return policy == null ? set : set.withPolicy(policy);
  }

  /** Prices under what-if rules. Stored data is not read: the command has to contain everything. */
  private static QuotedRequest priced(
      CartDraft draft, Cart cart, Instant at, RuleSet set, WhatIfRules whatIf) {
    PricingRequest request =
        new PricingRequest(
            cart,
            new LinkedHashSet<>(draft.codes()),
            draft.customer(),
            draft.channel(),
            draft.metadata().entries(),
            at,
            whatIf.usages(),
            Map.of());
    return new QuotedRequest(request, Pricing.price(request, set));
  }
}
