package kassa.application.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import kassa.application.internal.CartPricing.Filled;
import kassa.application.internal.CartPricing.Priced;
import kassa.application.port.in.Basket;
import kassa.application.port.in.QuoteCart;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.NextTiers;
import kassa.domain.pricing.Pricing;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Policy;
import org.jspecify.annotations.Nullable;

/** Prices carts for those who only want to know. */
public final class CartQuoting implements QuoteCart {

  private final CartPricing pricing;
  private final RuleBook rules;
  private final Policy policy;
  private final InstantSource clock;

  public CartQuoting(CartPricing pricing, RuleBook rules, Policy policy, InstantSource clock) {
    this.pricing = pricing;
    this.rules = rules;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public Outcome quote(Command command) {
    return switch (pricing.fill(command.basket())) {
      case Filled.Unsellable unsellable -> new Outcome.Unsellable(unsellable.items());
      case Filled.NoCart noCart -> new Outcome.NoCart(noCart.reason());
      case Filled.Full full -> quoted(command, full.cart());
    };
  }

  private Outcome.Quoted quoted(Command command, Cart cart) {
    Instant at = command.at() == null ? clock.instant() : command.at();
    TriedRules tried = command.rules();
    RuleSet set =
        tried == null
            ? under(command.policy(), rules.current())
            : new RuleSet(0, tried.rules(), command.policy() == null ? policy : command.policy());
    Priced priced =
        tried == null
            ? pricing.price(command.basket(), cart, at, set)
            : priced(command.basket(), cart, at, set, tried);
    return new Outcome.Quoted(priced.quote(), NextTiers.of(priced.request(), set, priced.quote()));
  }

  private static RuleSet under(@Nullable Policy policy, RuleSet set) {
    return policy == null ? set : set.under(policy);
  }

  /** Nothing of what is kept is looked at: what is tried out has to say all of it. */
  private static Priced priced(
      Basket basket, Cart cart, Instant at, RuleSet set, TriedRules tried) {
    PricingRequest request =
        new PricingRequest(
            cart,
            new LinkedHashSet<>(basket.codes()),
            basket.customer(),
            basket.channel(),
            basket.metadata().entries(),
            at,
            tried.usages(),
            Map.of());
    return new Priced(request, Pricing.price(request, set));
  }
}
