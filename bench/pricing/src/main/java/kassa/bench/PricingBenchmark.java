package kassa.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Condition;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.Pick;
import kassa.domain.rule.Policy;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleCombination;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleNames;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;
import kassa.domain.rule.UsageLimits;
import kassa.domain.rule.ValidityWindow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time to price one cart, by number of lines and rules. */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class PricingBenchmark {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant AT = Instant.parse("2026-06-15T12:00:00Z");

  private final RuleSet shipped = set(rule(0, tiers(Target.ALL)));
  private final RuleSet thousandSpread = thousand(false);
  private final RuleSet thousandOnAll = thousand(true);
  private final RuleSet twenty = set(twenty());
  private final PricingRequest three = request(3);
  private final PricingRequest ten = request(10);
  private final PricingRequest hundred = request(100);
  private final PricingRequest twoHundred = request(200);
  private final PricingRequest fiveHundred = request(500);

  /** 3 lines with the default rule. */
  @Benchmark
  public Quote lines3UnderTheShippedRule() {
    return Pricing.price(three, shipped);
  }

  /** 200 lines with 1,000 rules of all kinds, each for a few SKUs or tags. */
  @Benchmark
  public Quote lines200Under1000Rules() {
    return Pricing.price(twoHundred, thousandSpread);
  }

  /** 200 lines with 1,000 rules of all kinds, each for all lines. */
  @Benchmark
  public Quote lines200Under1000RulesOnAllLines() {
    return Pricing.price(twoHundred, thousandOnAll);
  }

  /** 10 lines with 20 rules. */
  @Benchmark
  public Quote lines10Under20Rules() {
    return Pricing.price(ten, twenty);
  }

  /** 100 lines with 20 rules. */
  @Benchmark
  public Quote lines100Under20Rules() {
    return Pricing.price(hundred, twenty);
  }

  /** 500 lines with 20 rules. */
  @Benchmark
  public Quote lines500Under20Rules() {
    return Pricing.price(fiveHundred, twenty);
  }

  private static PricingRequest request(int lines) {
    List<CartLine> some = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      CartLine line =
          new CartLine(
              new Sku("SKU-" + i),
              Quantity.of(1 + i * 7 % 12),
              new UnitPrice(1_990_000 + i * 10_000L, USD));
      some.add(line.withTags(new TreeSet<>(Set.of(new Tag("tag-" + i % 50)))));
    }
    return PricingRequest.of(new Cart(USD, some), AT);
  }

  private static Rule[] twenty() {
    Rule[] rules = new Rule[20];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = rule(i, effect(i, Target.ALL));
    }
    return rules;
  }

  private static RuleSet thousand(boolean onAll) {
    Rule[] rules = new Rule[1_000];
    for (int i = 0; i < rules.length; i++) {
      Target target =
          onAll
              ? Target.ALL
              : i % 2 == 0
                  ? new Target(skus(i), null, Set.of(), null, null, false)
                  : new Target(
                      null, Set.of(new Tag("tag-" + i % 100)), Set.of(), null, null, false);
      rules[i] = rule(i, effect(i, target));
    }
    return set(rules);
  }

  private static Set<Sku> skus(int i) {
    return Set.of(new Sku("SKU-" + i % 400), new Sku("SKU-" + (i + 1) % 400));
  }

  /** One of nine kinds with a small discount, so that later rules still apply. */
  private static Effect effect(int i, Target target) {
    Percentage little = Percentage.parse("0.5");
    Amount cent = Amount.parse("amount", "0.01");
    return switch (i % 9) {
      case 0 -> new Effect.PercentOffUnits(little, target, UnitChoice.ALL);
      case 1 -> new Effect.AmountOffLine(cent, target);
      case 2 -> new Effect.PercentOffOrder(little, null, target);
      case 3 -> new Effect.AmountOffOrder(Amount.parse("amount", "0.05"), target);
      case 4 -> tiers(target);
      case 5 -> new Effect.AmountOffUnits(cent, target, UnitChoice.ALL);
      case 6 -> new Effect.FixedUnitPrice(Amount.parse("unitPrice", "2.50"), target);
      case 7 -> new Effect.PercentOffUnits(little, target, new UnitChoice(3L, Pick.CHEAPEST, null));
      default -> new Effect.NthUnitPercent(3, little, null, target);
    };
  }

  private static Effect tiers(Target target) {
    return new TieredQuantity(
        Mode.VOLUME, Scope.LINE, List.of(tier(10, "10"), tier(50, "20")), target);
  }

  private static QuantityTier tier(long from, String percent) {
    return new QuantityTier(
        Quantity.of(from), new Reduction.PercentOff(Percentage.parse(percent)), null);
  }

  private static RuleSet set(Rule... rules) {
    return new RuleSet(1, List.of(rules), Policy.DEFAULT);
  }

  private static Rule rule(int number, Effect effect) {
    return new Rule(
        new RuleId("rule-" + number),
        1,
        false,
        new RuleDefinition(
            RuleNames.NONE,
            null,
            null,
            ValidityWindow.ALWAYS,
            UsageLimits.NONE,
            Condition.Group.EMPTY,
            List.of(effect),
            RuleCombination.DEFAULT));
  }
}
