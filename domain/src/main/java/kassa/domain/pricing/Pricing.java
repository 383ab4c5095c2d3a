package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kassa.domain.money.Money;

/**
 * The pricing engine: a pure function of a cart and the rules. Each effect looks at what those
 * before it left, and is rounded half-up, once per line.
 */
public final class Pricing {

  private Pricing() {}

  /** Prices a cart; the same arguments give the same answer for ever. */
  public static PricedCart price(Cart cart, RuleSet ruleSet) {
    List<PricedLine> lines = new ArrayList<>(cart.lines().size());
    for (CartLine line : cart.lines()) {
      lines.add(price(line, ruleSet));
    }
    return new PricedCart(cart.currency(), lines);
  }

  private static PricedLine price(CartLine line, RuleSet ruleSet) {
    Money subtotal = line.subtotal();
    Money remaining = subtotal;
    List<Discount> discounts = new ArrayList<>();
    for (Rule rule : ruleSet.rules()) {
      for (Effect effect : rule.effects()) {
        Optional<Discount> discount = apply(rule, effect, line, remaining);
        discount.ifPresent(discounts::add);
        remaining = discount.map(Discount::amount).map(remaining::minus).orElse(remaining);
      }
    }
    return new PricedLine(line, subtotal, discounts);
  }

  private static Optional<Discount> apply(Rule rule, Effect effect, CartLine line, Money base) {
    return switch (effect) {
      case TieredQuantity tiered ->
          tiered
              .reachedBy(line.quantity())
              .flatMap(tier -> discount(rule, tier.label(), tier.percent().of(base)));
    };
  }

  private static Optional<Discount> discount(Rule rule, String label, Money amount) {
    return amount.isZero()
        ? Optional.empty()
        : Optional.of(new Discount(rule.id(), rule.version(), label, amount));
  }
}
