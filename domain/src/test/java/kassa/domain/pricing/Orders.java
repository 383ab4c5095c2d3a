package kassa.domain.pricing;

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
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Condition;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Limits;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleDefinition.Level;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.Window;
import kassa.domain.testing.Cases;
import kassa.domain.testing.Conditions;
import kassa.domain.testing.Effects;
import kassa.domain.testing.Rules;
import org.jspecify.annotations.Nullable;

/** Requests and the rules that they are priced under, as chance has them. */
final class Orders {

  /**
   * What is priced under what.
   *
   * @param request the request
   * @param rules the rules
   */
  record Order(PricingRequest request, RuleSet rules) {

    Quote price() {
      return Pricing.price(request, rules);
    }

    Cart cart() {
      return request.cart();
    }

    Order with(Cart cart) {
      return new Order(request.withCart(cart), rules);
    }

    Order under(List<Rule> others, Policy policy) {
      return new Order(request, new RuleSet(1, others, policy));
    }

    @Override
    public String toString() {
      return request + " under " + rules.policy() + rules.rules();
    }
  }

  private static final List<Currency> CURRENCIES =
      List.of(Carts.USD, Carts.JPY, Carts.BHD, Carts.CLF);

  private static final Code CODE = new Code("SUMMER");

  private final RandomGenerator random;
  private final Currency currency;
  private final Effects effects;
  private final int mostLines;

  private Orders(RandomGenerator random, int mostLines) {
    this.random = random;
    this.mostLines = mostLines;
    this.currency = Cases.oneOf(random, CURRENCIES);
    this.effects = new Effects(random, currency);
  }

  /** Small orders of every kind. */
  static Cases<Order> generated() {
    return new Cases<>(random -> new Orders(random, 5).order(), Orders::simpler);
  }

  /** Orders of many lines, of which some cost as much as any may. */
  static Cases<Order> great(int lines) {
    return new Cases<>(random -> new Orders(random, lines).order(), Orders::simpler);
  }

  private Order order() {
    List<Rule> rules = new ArrayList<>();
    Map<RuleId, Usage> usages = new HashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      Rule rule = rule("r" + rules.size());
      rules.add(rule);
      if (rule.definition().limits().any()) {
        usages.put(rule.id(), usage());
      }
    }
    SequencedSet<Code> codes = new LinkedHashSet<>();
    if (random.nextInt(3) > 0) {
      codes.add(new Code("summer"));
      codes.add(new Code("unknown"));
    }
    Instant at = Rules.AT;
    PricingRequest request =
        new PricingRequest(
            cart(),
            codes,
            new Customer("c", coin() ? "vip" : null, (long) random.nextInt(3)),
            coin() ? "web" : null,
            coin() ? Map.of("a", "b") : Map.of(),
            at,
            usages,
            Map.of());
    return new Order(request, new RuleSet(1, rules, policy()));
  }

  private Rule rule(String id) {
    boolean coded = random.nextInt(5) == 0;
    List<Effect> some = new ArrayList<>();
    for (int i = random.nextInt(4) == 0 ? 2 : 0; i >= 0; i--) {
      some.add(effects.any());
    }
    return new Rule(
        new RuleId(id),
        1,
        coded,
        new RuleDefinition(
            null,
            coin() ? null : "label",
            random.nextInt(3),
            coded ? CODE : null,
            random.nextInt(10) == 0 ? Carts.USD : null,
            window(),
            limits(),
            random.nextInt(3) == 0
                ? new Conditions(random, effects).group(2)
                : Condition.Group.NOTHING,
            some,
            random.nextInt(12) == 0,
            random.nextInt(5) > 0,
            coin() ? Level.ITEM : Level.ORDER,
            random.nextInt(4) == 0 ? "group" : null));
  }

  private Window window() {
    return switch (random.nextInt(12)) {
      case 0 -> new Window(Rules.AT, null);
      case 1 -> new Window(null, Rules.AT);
      case 2 -> new Window(Rules.AT.plusSeconds(1), null);
      default -> Window.ALWAYS;
    };
  }

  private Limits limits() {
    return switch (random.nextInt(10)) {
      case 0 -> new Limits(2L, 2L, 2L, null, coin());
      case 1 -> new Limits(null, null, null, new Budget.Spend(effects.amount()), coin());
      case 2 -> new Limits(null, null, null, new Budget.Usage(2), coin());
      default -> Limits.NONE;
    };
  }

  private Usage usage() {
    return new Usage(
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(3) == 0 ? Cases.ofAnyMagnitude(random, 1_000_000) : 0);
  }

  private Policy policy() {
    return coin()
        ? Policy.DEFAULT
        : new Policy(
            Cases.oneOf(random, List.of(Policy.StackBase.values())),
            Cases.oneOf(random, List.of(Policy.EffectBase.values())),
            Cases.oneOf(random, List.of(Policy.Resolver.values())),
            Cases.oneOf(random, List.of(Policy.RoundOn.values())),
            Cases.oneOf(random, List.of(Policy.TaxRoundAt.values())),
            Cases.oneOf(random, List.of(Policy.UnitsConsumed.values())));
  }

  private Cart cart() {
    List<CartLine> lines = new ArrayList<>();
    long left = Cart.GREATEST_SUBTOTAL;
    for (int i = random.nextInt(mostLines); i >= 0; i--) {
      CartLine line = random.nextInt(5) == 0 && !lines.isEmpty() ? lines.getLast() : line();
      long cost = line.subtotal().minorUnits();
      if (cost <= left) {
        lines.add(line);
        left -= cost;
      }
    }
    if (lines.isEmpty()) {
      lines.add(new CartLine(Effects.SKUS.getFirst(), Quantity.of(1), price()));
    }
    return new Cart(currency, lines, shipping(), coin());
  }

  private CartLine line() {
    UnitPrice price = price();
    TreeSet<Tag> tags = new TreeSet<>();
    if (coin()) {
      tags.add(Cases.oneOf(random, Effects.TAGS));
      tags.add(Cases.oneOf(random, Effects.TAGS));
    }
    return new CartLine(
        Cases.oneOf(random, Effects.SKUS),
        quantity(),
        price,
        tags,
        random.nextInt(6) == 0 ? price() : null,
        random.nextInt(10) == 0,
        random.nextInt(4) == 0
            ? new UnitPrice(random.nextLong(price.micros() + 1), currency)
            : null,
        coin() ? null : new Percentage(random.nextInt(0, 30) * 10_000L));
  }

  private Quantity quantity() {
    return switch (random.nextInt(10)) {
      case 0 -> new Quantity(Math.max(1, Cases.ofAnyMagnitude(random, 1_000_000_000)));
      case 1, 2 -> new Quantity(random.nextLong(1, 10_000));
      default -> new Quantity(1_000L * random.nextInt(1, 12));
    };
  }

  private UnitPrice price() {
    long unit = kassa.domain.money.Amount.unit(currency);
    return switch (random.nextInt(10)) {
      case 0 ->
          new UnitPrice(
              Cases.ofAnyMagnitude(random, UnitPrice.GREATEST_MINOR_UNITS * unit), currency);
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
              new Money(Cases.ofAnyMagnitude(random, Cart.GREATEST_SUBTOTAL), currency), null);
      default -> new Shipping(new Money(random.nextInt(1_000), currency), coin() ? "post" : null);
    };
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private static Stream<Order> simpler(Order order) {
    RuleSet rules = order.rules();
    Stream<Order> fewerRules =
        Cases.shorter(rules.rules()).map(fewer -> order.under(fewer, rules.policy()));
    Stream<Order> simplerRules =
        Cases.withOneSimpler(rules.rules(), Orders::simplerRule)
            .map(others -> order.under(others, rules.policy()));
    Stream<Order> plainPolicy =
        Stream.of(Policy.DEFAULT)
            .filter(policy -> !policy.equals(rules.policy()))
            .map(policy -> order.under(rules.rules(), policy));
    Cart cart = order.cart();
    Stream<List<CartLine>> others =
        Stream.concat(
            Cases.shorter(cart.lines()).filter(lines -> !lines.isEmpty()),
            Cases.withOneSimpler(cart.lines(), Orders::simplerLine));
    Stream<Order> otherCarts =
        others.map(lines ->
            order.with(new Cart(cart.currency(), lines, cart.shipping(), cart.pricesIncludeTax())));
    Stream<Order> unshipped =
        Stream.of(new Cart(cart.currency(), cart.lines(), null, false))
            .filter(it -> !it.equals(cart))
            .map(order::with);
    return Stream.of(fewerRules, plainPolicy, otherCarts, unshipped, simplerRules)
        .flatMap(it -> it);
  }

  private static Stream<Rule> simplerRule(Rule rule) {
    RuleDefinition it = rule.definition();
    Stream<List<Effect>> fewer = Cases.shorter(it.effects()).filter(effects -> !effects.isEmpty());
    Stream<RuleDefinition> without =
        fewer.map(effects -> definition(it, it.limits(), it.when(), effects, it.bestOfGroup()));
    Stream<RuleDefinition> plain =
        Stream.of(
                definition(it, Limits.NONE, it.when(), it.effects(), it.bestOfGroup()),
                definition(it, it.limits(), Condition.Group.NOTHING, it.effects(), null))
            .filter(other -> !other.equals(it));
    return Stream.concat(without, plain)
        .map(definition -> new Rule(rule.id(), 1, rule.needsCode(), definition));
  }

  private static RuleDefinition definition(
      RuleDefinition it,
      Limits limits,
      Condition.Group when,
      List<Effect> effects,
      @Nullable String group) {
    return new RuleDefinition(
        null,
        null,
        it.priority(),
        it.code(),
        null,
        Window.ALWAYS,
        limits,
        when,
        effects,
        it.exclusive(),
        it.combinable(),
        it.level(),
        group);
  }

  private static Stream<CartLine> simplerLine(CartLine line) {
    CartLine plain = new CartLine(line.sku(), line.quantity(), line.unitPrice());
    return Stream.of(
            Stream.of(plain, plain.withTags(line.tags())).filter(it -> !it.equals(line)),
            Cases.nearer(1, line.quantity().thousandths())
                .map(less -> line.withQuantity(new Quantity(less))),
            line.minUnitPrice() != null
                ? Stream.<CartLine>empty()
                : Cases.nearer(0, line.unitPrice().micros())
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
