package kassa.domain.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Condition;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleCombination;
import kassa.domain.rule.RuleCombination.Level;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleNames;
import kassa.domain.rule.UsageLimits;
import kassa.domain.rule.ValidityWindow;
import org.jspecify.annotations.Nullable;

/** Generator of random pricing requests with rules. */
public final class RandomPricingCases {

  /**
   * A request and the rules to price it with.
   *
   * @param request the request
   * @param rules the rules
   */
  public record PricingInput(PricingRequest request, RuleSet rules) {

    /** Prices the request. */
    public Quote price() {
      return Pricing.price(request, rules);
    }

    /** Returns the cart. */
    public Cart cart() {
      return request.cart();
    }

    /** Returns the same input with another cart. */
    public PricingInput with(Cart cart) {
      return new PricingInput(request.withCart(cart), rules);
    }

    /** Returns the same request with other rules. */
    public PricingInput withRules(List<Rule> others, Policy policy) {
      return new PricingInput(request, new RuleSet(1, others, policy));
    }

    @Override
    public String toString() {
      return request + " under " + rules.policy() + rules.rules();
    }
  }

  private static final List<Currency> CURRENCIES =
      List.of(TestCarts.USD, TestCarts.JPY, TestCarts.BHD, TestCarts.CLF);

  private static final Code CODE = new Code("SUMMER");

  private final RandomGenerator random;
  private final Currency currency;
  private final RandomEffects effects;
  private final int maxLines;

  private RandomPricingCases(RandomGenerator random, int maxLines) {
    this.random = random;
    this.maxLines = maxLines;
    this.currency = CaseGenerator.oneOf(random, CURRENCIES);
    this.effects = new RandomEffects(random, currency);
  }

  /** Generates small requests of every kind. */
  public static CaseGenerator<PricingInput> small() {
    return new CaseGenerator<>(
        random -> new RandomPricingCases(random, 5).generate(), RandomPricingCases::shrink);
  }

  /** Generates requests of many lines, some of them with the maximum price. */
  public static CaseGenerator<PricingInput> large(int maxLines) {
    return new CaseGenerator<>(
        random -> new RandomPricingCases(random, maxLines).generate(), RandomPricingCases::shrink);
  }

  private PricingInput generate() {
    List<Rule> rules = new ArrayList<>();
    Map<RuleId, LimitCounts> usages = new HashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      Rule rule = rule("r" + rules.size());
      rules.add(rule);
      if (rule.definition().limits().hasAny()) {
        usages.put(rule.id(), usage());
      }
    }
    SequencedSet<Code> codes = new LinkedHashSet<>();
    if (random.nextInt(3) > 0) {
      codes.add(new Code("summer"));
      codes.add(new Code("unknown"));
    }
    Instant at = TestRules.AT;
    PricingRequest request =
        new PricingRequest(
            cart(),
            codes,
            new Customer("c", nextBoolean() ? "vip" : null, (long) random.nextInt(3)),
            nextBoolean() ? "web" : null,
            nextBoolean() ? Map.of("a", "b") : Map.of(),
            at,
            usages,
            Map.of());
    return new PricingInput(request, new RuleSet(1, rules, policy()));
  }

  private Rule rule(String id) {
    boolean needsCode = random.nextInt(5) == 0;
    List<Effect> ruleEffects = new ArrayList<>();
    for (int i = random.nextInt(4) == 0 ? 2 : 0; i >= 0; i--) {
      ruleEffects.add(effects.any());
    }
    return new Rule(
        new RuleId(id),
        1,
        needsCode,
        new RuleDefinition(
            new RuleNames(null, nextBoolean() ? null : "label"),
            needsCode ? CODE : null,
            random.nextInt(10) == 0 ? TestCarts.USD : null,
            window(),
            limits(),
            random.nextInt(3) == 0
                ? new RandomConditions(random, effects).group(2)
                : Condition.Group.EMPTY,
            ruleEffects,
            new RuleCombination(
                random.nextInt(3),
                random.nextInt(12) == 0,
                random.nextInt(5) > 0,
                nextBoolean() ? Level.ITEM : Level.ORDER,
                random.nextInt(4) == 0 ? "group" : null)));
  }

  private ValidityWindow window() {
    return switch (random.nextInt(12)) {
      case 0 -> new ValidityWindow(TestRules.AT, null);
      case 1 -> new ValidityWindow(null, TestRules.AT);
      case 2 -> new ValidityWindow(TestRules.AT.plusSeconds(1), null);
      default -> ValidityWindow.ALWAYS;
    };
  }

  private UsageLimits limits() {
    return switch (random.nextInt(10)) {
      case 0 -> new UsageLimits(2L, 2L, 2L, null, nextBoolean());
      case 1 ->
          new UsageLimits(null, null, null, new Budget.Spend(effects.amount()), nextBoolean());
      case 2 -> new UsageLimits(null, null, null, new Budget.Usage(2), nextBoolean());
      default -> UsageLimits.NONE;
    };
  }

  private LimitCounts usage() {
    return new LimitCounts(
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(3) == 0 ? CaseGenerator.anyMagnitude(random, 1_000_000) : 0);
  }

  private Policy policy() {
    return nextBoolean()
        ? Policy.DEFAULT
        : new Policy(
            CaseGenerator.oneOf(random, List.of(Policy.StackBase.values())),
            CaseGenerator.oneOf(random, List.of(Policy.EffectBase.values())),
            CaseGenerator.oneOf(random, List.of(Policy.Resolver.values())),
            CaseGenerator.oneOf(random, List.of(Policy.RoundOn.values())),
            CaseGenerator.oneOf(random, List.of(Policy.TaxRoundAt.values())),
            CaseGenerator.oneOf(random, List.of(Policy.UnitsConsumed.values())));
  }

  private Cart cart() {
    List<CartLine> lines = new ArrayList<>();
    long left = Cart.MAX_SUBTOTAL;
    for (int i = random.nextInt(maxLines); i >= 0; i--) {
      CartLine line = random.nextInt(5) == 0 && !lines.isEmpty() ? lines.getLast() : line();
      long cost = line.subtotal().minorUnits();
      if (cost <= left) {
        lines.add(line);
        left -= cost;
      }
    }
    if (lines.isEmpty()) {
      lines.add(new CartLine(RandomEffects.SKUS.getFirst(), Quantity.of(1), price()));
    }
    return new Cart(currency, lines, shipping(), nextBoolean());
  }

  private CartLine line() {
    UnitPrice price = price();
    TreeSet<Tag> tags = new TreeSet<>();
    if (nextBoolean()) {
      tags.add(CaseGenerator.oneOf(random, RandomEffects.TAGS));
      tags.add(CaseGenerator.oneOf(random, RandomEffects.TAGS));
    }
    return new CartLine(
        CaseGenerator.oneOf(random, RandomEffects.SKUS),
        quantity(),
        price,
        tags,
        random.nextInt(6) == 0 ? price() : null,
        random.nextInt(10) == 0,
        random.nextInt(4) == 0
            ? new UnitPrice(random.nextLong(price.micros() + 1), currency)
            : null,
        taxRate());
  }

  private @Nullable Percentage taxRate() {
    return nextBoolean() ? null : new Percentage(random.nextInt(0, 30) * 10_000L);
  }

  private Quantity quantity() {
    return switch (random.nextInt(10)) {
      case 0 -> new Quantity(Math.max(1, CaseGenerator.anyMagnitude(random, 1_000_000_000)));
      case 1, 2 -> new Quantity(random.nextLong(1, 10_000));
      default -> new Quantity(1_000L * random.nextInt(1, 12));
    };
  }

  private UnitPrice price() {
    long unit = kassa.domain.money.Amount.microsPerMinorUnit(currency);
    return switch (random.nextInt(10)) {
      case 0 ->
          new UnitPrice(
              CaseGenerator.anyMagnitude(random, UnitPrice.MAX_MINOR_UNITS * unit), currency);
      case 1, 2 -> new UnitPrice(random.nextLong(10 * unit), currency);
      case 3 -> new UnitPrice(0, currency);
      default -> new UnitPrice(unit * random.nextLong(5_000), currency);
    };
  }

  private @Nullable Shipping shipping() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> null;
      case 2 ->
          new Shipping(
              new Money(CaseGenerator.anyMagnitude(random, Cart.MAX_SUBTOTAL), currency),
              null,
              taxRate());
      default ->
          new Shipping(
              new Money(random.nextInt(1_000), currency), nextBoolean() ? "post" : null, taxRate());
    };
  }

  private boolean nextBoolean() {
    return random.nextBoolean();
  }

  private static Stream<PricingInput> shrink(PricingInput order) {
    RuleSet rules = order.rules();
    Stream<PricingInput> fewerRules =
        CaseGenerator.shorterLists(rules.rules())
            .map(fewer -> order.withRules(fewer, rules.policy()));
    Stream<PricingInput> simplerRules =
        CaseGenerator.withOneSimpler(rules.rules(), RandomPricingCases::shrinkRule)
            .map(others -> order.withRules(others, rules.policy()));
    Stream<PricingInput> plainPolicy =
        Stream.of(Policy.DEFAULT)
            .filter(policy -> !policy.equals(rules.policy()))
            .map(policy -> order.withRules(rules.rules(), policy));
    Cart cart = order.cart();
    Stream<List<CartLine>> others =
        Stream.concat(
            CaseGenerator.shorterLists(cart.lines()).filter(lines -> !lines.isEmpty()),
            CaseGenerator.withOneSimpler(cart.lines(), RandomPricingCases::shrinkLine));
    Stream<PricingInput> otherCarts =
        others.map(lines ->
            order.with(new Cart(cart.currency(), lines, cart.shipping(), cart.pricesIncludeTax())));
    Stream<PricingInput> unshipped =
        Stream.of(new Cart(cart.currency(), cart.lines(), null, false))
            .filter(it -> !it.equals(cart))
            .map(order::with);
    return Stream.of(fewerRules, plainPolicy, otherCarts, unshipped, simplerRules)
        .flatMap(it -> it);
  }

  private static Stream<Rule> shrinkRule(Rule rule) {
    RuleDefinition it = rule.definition();
    Stream<List<Effect>> fewer =
        CaseGenerator.shorterLists(it.effects()).filter(effects -> !effects.isEmpty());
    Stream<RuleDefinition> without =
        fewer.map(effects ->
            definition(it, it.limits(), it.when(), effects, it.combination().bestOfGroup()));
    Stream<RuleDefinition> plain =
        Stream.of(
                definition(
                    it, UsageLimits.NONE, it.when(), it.effects(), it.combination().bestOfGroup()),
                definition(it, it.limits(), Condition.Group.EMPTY, it.effects(), null))
            .filter(other -> !other.equals(it));
    return Stream.concat(without, plain)
        .map(definition -> new Rule(rule.id(), 1, rule.needsCode(), definition));
  }

  private static RuleDefinition definition(
      RuleDefinition it,
      UsageLimits limits,
      Condition.Group when,
      List<Effect> effects,
      @Nullable String group) {
    return new RuleDefinition(
        RuleNames.NONE,
        it.code(),
        null,
        ValidityWindow.ALWAYS,
        limits,
        when,
        effects,
        new RuleCombination(
            it.combination().priority(),
            it.combination().isExclusive(),
            it.combination().isCombinable(),
            it.combination().level(),
            group));
  }

  private static Stream<CartLine> shrinkLine(CartLine line) {
    CartLine plain = new CartLine(line.sku(), line.quantity(), line.unitPrice());
    return Stream.of(
            Stream.of(plain, plain.withTags(line.tags())).filter(it -> !it.equals(line)),
            CaseGenerator.closerNumbers(1, line.quantity().thousandths())
                .map(less -> line.withQuantity(new Quantity(less))),
            line.minUnitPrice() != null
                ? Stream.<CartLine>empty()
                : CaseGenerator.closerNumbers(0, line.unitPrice().micros())
                    .map(less ->
                        new CartLine(
                            line.sku(),
                            line.quantity(),
                            new UnitPrice(less, line.unitPrice().currency()),
                            line.tags(),
                            null,
                            line.onSale(),
                            null,
                            line.taxRate())))
        .flatMap(it -> it);
  }
}
