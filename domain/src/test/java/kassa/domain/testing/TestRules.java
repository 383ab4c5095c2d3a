package kassa.domain.testing;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Condition;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.Policy;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleCombination;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleNames;
import kassa.domain.rule.Target;
import kassa.domain.rule.UsageLimits;
import kassa.domain.rule.ValidityWindow;

/** Rules for tests. */
public final class TestRules {

  /** The time of pricing. */
  public static final Instant AT = Instant.parse("2026-06-15T12:00:00Z");

  private TestRules() {}

  /** The default rule: 10 % off lines of 10 or more, 20 % off lines of 50 or more. */
  public static RuleSet defaultRules() {
    return of(
        rule(
            1,
            1,
            new TieredQuantity(
                Mode.VOLUME,
                Scope.LINE,
                List.of(tier("10", "10", "Bulk 10%"), tier("50", "20", "Premium 20%")),
                Target.ALL)));
  }

  /** Returns a set of rules with the default policy, in the order of creation. */
  public static RuleSet of(Rule... created) {
    return new RuleSet(1, List.of(created), Policy.DEFAULT);
  }

  /** Returns a rule without conditions. */
  public static Rule rule(int number, int version, Effect... effects) {
    return new Rule(
        RuleId.of(new UUID(0x0190_0000_0000_7000L, number)),
        version,
        false,
        new RuleDefinition(
            RuleNames.NONE,
            null,
            null,
            ValidityWindow.ALWAYS,
            UsageLimits.NONE,
            Condition.Group.EMPTY,
            Arrays.asList(effects),
            RuleCombination.DEFAULT));
  }

  /** Parses rules, with the default policy; see {@link RuleDsl#rule}. */
  public static RuleSet fromText(String... rules) {
    return new RuleSet(1, RuleDsl.rules(rules), Policy.DEFAULT);
  }

  /** Prices a cart of an anonymous customer. */
  public static PricedCart price(Cart cart, RuleSet rules) {
    return Pricing.price(PricingRequest.of(cart, AT), rules).price();
  }

  public static QuantityTier tier(String from, String percent, String label) {
    return new QuantityTier(
        Quantity.parse(from), new Reduction.PercentOff(Percentage.parse(percent)), label);
  }

  /** Returns the target of the lines with a sku. */
  public static Target sku(String sku) {
    return new Target(java.util.Set.of(new Sku(sku)), null, java.util.Set.of(), null, null, false);
  }
}
