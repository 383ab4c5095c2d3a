package kassa.domain.pricing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Amount;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RefundCalculation;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.UnitRun;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
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
import kassa.domain.rule.Target;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import kassa.domain.testing.RandomEffects;
import kassa.domain.testing.RandomPricingCases;
import kassa.domain.testing.RandomPricingCases.PricingInput;
import kassa.domain.testing.TestCarts;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Properties of any cart with any rules, checked on more than a million random orders in every run.
 * They are checked without an assertion library, which would take most of the time.
 */
@Tag("laws")
@Execution(ExecutionMode.CONCURRENT)
@Order(
    1) // The longest class and its longest test start first, so that neither runs alone at the end.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RulePricingPropertyTest {

  private static final int MANY_TIMES = 300_000;
  private static final int TIMES = 60_000;
  private static final int FEW_TIMES = 10_000;

  private static void forAll(int times, Consumer<PricingInput> property) {
    PropertyCheck.forAll(times, RandomPricingCases.small(), property);
  }

  private static void assertEqual(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new AssertionError(what + " is " + found + ", expected " + expected);
    }
  }

  private static void assertHolds(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** Checks all properties of a quote together, so that each is checked on all orders. */
  @Test
  @Order(1)
  void every_quote_is_consistent() {
    forAll(
        MANY_TIMES,
        order -> {
          Quote quote = order.price();
          linesSumToTheOrder(order, quote);
          unitsSumToTheLine(quote);
          nothingIsBelowItsFloor(quote);
          traceSumsToTheDiscounts(order, quote);
          codesApplyOrAreRejected(order, quote);
          budgetsAreNotExceeded(order, quote);
          everythingIsRefundable(quote);
        });
  }

  private static void linesSumToTheOrder(PricingInput order, Quote quote) {
    PricedCart price = quote.price();
    long subtotal = 0;
    long discount = 0;
    long tax = 0;
    long total = price.shippingTotal().minorUnits();
    for (PricedLine line : price.lines()) {
      subtotal += line.subtotal().minorUnits();
      discount += line.discountTotal().minorUnits();
      tax += line.taxTotal().minorUnits();
      total += line.total().minorUnits();
    }
    PricedShipping shipping = price.shipping();
    long shipped = 0;
    if (shipping != null) {
      discount += shipping.discountTotal().minorUnits();
      tax += shipping.taxTotal().minorUnits();
      shipped = shipping.shipping().amount().minorUnits();
    }
    assertEqual("subtotal", price.subtotal().minorUnits(), subtotal);
    assertEqual("discountTotal", price.discountTotal().minorUnits(), discount);
    assertEqual("taxTotal", price.taxTotal().minorUnits(), tax);
    assertEqual("total", price.total().minorUnits(), total);
    assertEqual(
        "total",
        total,
        subtotal + shipped - discount + (order.cart().pricesIncludeTax() ? 0 : tax));
  }

  private static void unitsSumToTheLine(Quote quote) {
    for (PricedLine line : quote.price().lines()) {
      long units = 0;
      long gross = 0;
      long discount = 0;
      for (UnitRun run : line.unitRuns()) {
        units += run.units();
        gross += run.gross();
        discount += run.discount();
        noUnitBelowZero(run);
      }
      assertEqual("units", units, line.unitCount());
      assertEqual("gross of the units", gross, line.subtotal().minorUnits());
      assertEqual("discount of the units", discount, line.discountTotal().minorUnits());
    }
  }

  private static void noUnitBelowZero(UnitRun run) {
    // Units of a run differ only where the remainder of one of its amounts ends.
    for (long unit :
        new long[] {0, run.gross() % run.units(), run.discount() % run.units(), run.units() - 1}) {
      long gross = run.grossOfFirst(unit + 1) - run.grossOfFirst(unit);
      long discount = run.discountOfFirst(unit + 1) - run.discountOfFirst(unit);
      if (discount < 0 || discount > gross) {
        throw new AssertionError("unit " + unit + " of " + run);
      }
    }
  }

  private static void nothingIsBelowItsFloor(Quote quote) {
    PricedCart price = quote.price();
    for (int i = 0; i < price.lines().size(); i++) {
      PricedLine line = price.lines().get(i);
      long net = line.subtotal().minus(line.discountTotal()).minorUnits();
      long floor = Math.min(line.line().floor().minorUnits(), line.subtotal().minorUnits());
      assertHolds(net >= floor, "a line costs less than its floor");
      assertHolds(line.taxTotal().minorUnits() <= net, "the tax of a line is more than its price");
    }
    assertHolds(!price.shippingTotal().isNegative(), "shipping below zero");
  }

  @Test
  void pricing_is_deterministic() {
    forAll(TIMES, order -> assertEqual("the second quote", order.price(), order.price()));
  }

  private static void traceSumsToTheDiscounts(PricingInput order, Quote quote) {
    List<Rule> rules = order.rules().rules();
    assertEqual("entries", quote.trace().size(), rules.size());
    long[] lines = new long[quote.price().lines().size()];
    long shipping = 0;
    for (int index = 0; index < rules.size(); index++) {
      RuleTrace trace = quote.trace().get(index);
      assertEqual("rule", trace.rule(), rules.get(index).id());
      if (trace.outcome() instanceof RuleOutcome.Applied applied) {
        for (RuleOutcome.LineDiscount share : applied.lines()) {
          assertHolds(share.amount().minorUnits() > 0, "a line discount of zero");
          lines[share.line()] += share.amount().minorUnits();
        }
        shipping += applied.shipping().minorUnits();
        assertHolds(!applied.unapplied().isNegative(), "a negative unapplied amount");
      } else if (trace.outcome() instanceof RuleOutcome.Skipped skipped) {
        assertHolds(
            skipped.reason() != SkipReason.CONDITIONS_NOT_MET
                || (skipped.path() != null && skipped.expected() != null),
            "a failed condition without a path");
      }
    }
    for (int line = 0; line < lines.length; line++) {
      PricedLine priced = quote.price().lines().get(line);
      assertEqual("the discount of a line", lines[line], priced.discountTotal().minorUnits());
    }
    PricedShipping priced = quote.price().shipping();
    assertEqual("shipping", shipping, priced == null ? 0L : priced.discountTotal().minorUnits());
  }

  @Test
  void a_skipped_rule_does_not_change_the_price() {
    forAll(
        TIMES,
        order -> {
          Quote quote = order.price();
          Policy policy = order.rules().policy();
          List<Rule> applied = new ArrayList<>();
          for (int index = 0; index < quote.trace().size(); index++) {
            if (quote.trace().get(index).outcome() instanceof RuleOutcome.Applied) {
              applied.add(order.rules().rules().get(index));
            }
          }
          // The first rule of a group determines when the whole group is evaluated.
          List<Rule> kept =
              order.rules().rules().stream()
                  .filter(rule ->
                      applied.contains(rule)
                          || (isOfGroup(rule, applied) && !isExcluded(rule, applied, policy)))
                  .toList();
          assertEqual("the price", order.withRules(kept, policy).price().price(), quote.price());
        });
  }

  private static boolean isOfGroup(Rule rule, List<Rule> applied) {
    String group = rule.definition().combination().bestOfGroup();
    return group != null
        && applied.stream()
            .anyMatch(other -> group.equals(other.definition().combination().bestOfGroup()));
  }

  /** Returns whether a rule that is not combinable was applied instead. */
  private static boolean isExcluded(Rule rule, List<Rule> applied, Policy policy) {
    RuleCombination combination = rule.definition().combination();
    return applied.stream()
        .map(other -> other.definition().combination())
        .anyMatch(other ->
            !other.isCombinable()
                && (policy.resolver() == Policy.Resolver.BEST_TOTAL
                    || (policy.resolver() == Policy.Resolver.BEST_TOTAL_PER_LEVEL
                        && other.level() == combination.level())));
  }

  private static void codesApplyOrAreRejected(PricingInput order, Quote quote) {
    for (Code code : order.request().codes()) {
      boolean applies =
          quote.trace().stream()
              .anyMatch(trace ->
                  trace.outcome() instanceof RuleOutcome.Applied applied
                      && code.equals(applied.code()));
      boolean rejected =
          quote.rejected().stream().anyMatch(rejection -> code.equals(rejection.code()));
      assertHolds(applies || rejected, "a code neither applies nor is rejected");
    }
  }

  private static void budgetsAreNotExceeded(PricingInput order, Quote quote) {
    for (int index = 0; index < quote.trace().size(); index++) {
      Rule rule = order.rules().rules().get(index);
      if (quote.trace().get(index).outcome() instanceof RuleOutcome.Applied applied
          && rule.definition().limits().budget() instanceof Budget.Spend(Amount limit)) {
        long used = order.request().limitCountsOf(rule.id()).budgetUsed();
        assertHolds(
            used + applied.amount().minorUnits() <= limit.floor(order.cart().currency()),
            "the budget is exceeded");
      }
    }
  }

  private static void everythingIsRefundable(Quote quote) {
    PricedCart price = quote.price();
    Map<Sku, Long> all = new HashMap<>();
    price
        .lines()
        .forEach(
            line -> all.merge(line.line().sku(), line.line().quantity().thousandths(), Long::sum));
    assertEqual(
        "the refund", RefundCalculation.of(price, all), price.total().minus(price.shippingTotal()));
  }

  @Test
  void a_discount_of_100_percent_costs_exactly_zero() {
    Rule fullDiscount =
        TestRules.rule(
            1,
            1,
            new Effect.PercentOffOrder(
                new Percentage(Percentage.ONE_HUNDRED_PERCENT), null, Target.ALL),
            new Effect.PercentOffShipping(new Percentage(Percentage.ONE_HUNDRED_PERCENT)));
    forAll(
        TIMES,
        order -> {
          List<Rule> rules = new ArrayList<>(order.rules().rules());
          rules.removeIf(rule -> rule.definition().combination().isExclusive());
          rules.replaceAll(rule -> withPriority(rule, 1));
          rules.add(fullDiscount);
          Policy policy = order.rules().policy();
          Policy stacked =
              new Policy(
                  policy.stackBase(),
                  policy.effectBase(),
                  Policy.Resolver.STACK,
                  policy.roundOn(),
                  policy.taxRoundAt(),
                  policy.unitsConsumed());
          PricedCart price =
              order.with(withoutFloors(order.cart())).withRules(rules, stacked).price().price();
          assertEqual("the total", price.total(), Money.zero(price.currency()));
          assertEqual("the tax", price.taxTotal(), Money.zero(price.currency()));
        });
  }

  private static Rule withPriority(Rule rule, int priority) {
    var it = rule.definition();
    return new Rule(
        rule.id(),
        rule.version(),
        rule.needsCode(),
        new RuleDefinition(
            it.names(),
            it.code(),
            it.currency(),
            it.window(),
            it.limits(),
            it.when(),
            it.effects(),
            new RuleCombination(
                priority,
                it.combination().isExclusive(),
                it.combination().isCombinable(),
                it.combination().level(),
                it.combination().bestOfGroup())));
  }

  private static Cart withoutFloors(Cart cart) {
    List<CartLine> lines =
        cart.lines().stream()
            .map(line ->
                new CartLine(
                    line.sku(),
                    line.quantity(),
                    line.unitPrice(),
                    line.tags(),
                    line.listPrice(),
                    line.onSale(),
                    null,
                    line.taxRate()))
            .toList();
    return new Cart(cart.currency(), lines, cart.shipping(), cart.pricesIncludeTax());
  }

  @Test
  void swapping_equal_lines_does_not_change_the_totals() {
    record Twins(PricingInput order, int other) {}
    CaseGenerator<Twins> twins =
        new CaseGenerator<>(
            random ->
                new Twins(RandomPricingCases.small().generator().apply(random), random.nextInt(8)),
            it ->
                RandomPricingCases.small()
                    .shrink()
                    .apply(it.order())
                    .map(o -> new Twins(o, it.other())));
    PropertyCheck.forAll(
        TIMES,
        twins,
        it -> {
          // Two equal lines with different skus that no rule contains, in both orders.
          List<CartLine> lines = it.order().cart().lines();
          CartLine one = lines.getFirst();
          CartLine first = named("ONE", one);
          CartLine second = named("TWO", one);
          List<CartLine> original = new ArrayList<>(lines);
          original.set(0, first);
          original.add(
              Math.min(it.other(), original.size()) == 0
                  ? 1
                  : Math.min(it.other(), original.size()),
              second);
          List<CartLine> swapped = new ArrayList<>(original);
          java.util.Collections.swap(swapped, 0, original.indexOf(second));
          Cart cart = it.order().cart();
          Money subtotal = TestRules.price(cart, TestRules.of()).subtotal().plus(one.subtotal());
          if (subtotal.minorUnits() > Cart.MAX_SUBTOTAL) {
            return;
          }
          PricedCart before = priceOf(it.order(), cart, original);
          PricedCart after = priceOf(it.order(), cart, swapped);
          assertEqual("the total", after.total(), before.total());
          assertEqual("the discount", after.discountTotal(), before.discountTotal());
          assertEqual("the tax", after.taxTotal(), before.taxTotal());
        });
  }

  private static PricedCart priceOf(PricingInput order, Cart cart, List<CartLine> lines) {
    return order
        .with(new Cart(cart.currency(), lines, cart.shipping(), cart.pricesIncludeTax()))
        .price()
        .price();
  }

  private static CartLine named(String sku, CartLine line) {
    return new CartLine(
        new Sku(sku),
        line.quantity(),
        line.unitPrice(),
        line.tags(),
        line.listPrice(),
        line.onSale(),
        line.minUnitPrice(),
        line.taxRate());
  }

  /** A line with graduated tiers, and a larger quantity of the line. */
  private record Raised(Cart cart, long raised, TieredQuantity tiers) {}

  @Test
  void graduated_tiers_never_make_a_larger_quantity_cheaper() {
    PropertyCheck.forAll(
        MANY_TIMES,
        new CaseGenerator<>(RulePricingPropertyTest::raised, RulePricingPropertyTest::shrinkRaised),
        it -> {
          RuleSet rules = TestRules.of(TestRules.rule(1, 1, it.tiers()));
          int last = it.cart().lines().size() - 1;
          CartLine more = it.cart().lines().get(last).withQuantity(new Quantity(it.raised()));
          long before = TestRules.price(it.cart(), rules).total().minorUnits();
          long after = TestRules.price(it.cart().withLine(last, more), rules).total().minorUnits();
          if (after < before) {
            throw new AssertionError(
                "the larger quantity costs " + after + ", the smaller one " + before);
          }
        });
  }

  private static Raised raised(java.util.random.RandomGenerator random) {
    List<CartLine> lines = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      lines.add(
          new CartLine(
              RandomEffects.SKUS.get(i),
              new Quantity(random.nextLong(1, 20_000)),
              new UnitPrice(
                  random.nextBoolean() ? random.nextLong(2_000_000) : random.nextLong(50) * 10_000,
                  TestCarts.USD)));
    }
    List<QuantityTier> tiers = new ArrayList<>();
    long from = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      from += random.nextBoolean() ? 1_000L * random.nextInt(1, 6) : random.nextLong(1, 5_000);
      Reduction reduction =
          switch (random.nextInt(3)) {
            case 0 ->
                new Reduction.PercentOff(
                    new Percentage(random.nextLong(Percentage.ONE_HUNDRED_PERCENT + 1)));
            case 1 -> new Reduction.AmountOff(new Amount(random.nextLong(1_000_000)));
            default -> new Reduction.FixedPrice(new Amount(random.nextLong(1_000_000)));
          };
      tiers.add(new QuantityTier(new Quantity(from), reduction, null));
    }
    long quantity = lines.getLast().quantity().thousandths();
    return new Raised(
        new Cart(TestCarts.USD, lines),
        quantity + (random.nextBoolean() ? 1 : random.nextLong(1, 10_000)),
        new TieredQuantity(
            Mode.GRADUATED,
            random.nextBoolean() ? Scope.LINE : Scope.TARGET_TOTAL,
            tiers,
            Target.ALL));
  }

  private static java.util.stream.Stream<Raised> shrinkRaised(Raised it) {
    List<QuantityTier> tiers = it.tiers().tiers();
    List<CartLine> lines = it.cart().lines();
    return java.util.stream.Stream.concat(
        CaseGenerator.shorterLists(tiers)
            .filter(fewer -> !fewer.isEmpty())
            .map(fewer ->
                new Raised(
                    it.cart(),
                    it.raised(),
                    new TieredQuantity(Mode.GRADUATED, it.tiers().scope(), fewer, Target.ALL))),
        lines.size() == 1
            ? java.util.stream.Stream.empty()
            : java.util.stream.Stream.of(
                new Raised(
                    new Cart(TestCarts.USD, lines.subList(1, lines.size())),
                    it.raised(),
                    it.tiers())));
  }

  @Test
  void prices_a_large_order() {
    PropertyCheck.forAll(
        FEW_TIMES, RandomPricingCases.large(40), RulePricingPropertyTest::isPriced);
    PropertyCheck.forAll(
        FEW_TIMES / 20, RandomPricingCases.large(500), RulePricingPropertyTest::isPriced);
  }

  private static void isPriced(PricingInput order) {
    Quote quote = order.price();
    assertHolds(!quote.price().total().isNegative(), "a negative total");
    assertHolds(!quote.price().taxTotal().isNegative(), "a negative tax");
  }

  @Test
  void finds_next_tier_hints_of_any_order() {
    forAll(
        FEW_TIMES,
        order -> {
          for (NextTierHints.NextTier next :
              NextTierHints.of(order.request(), order.rules(), order.price())) {
            CartLine line = order.cart().lines().get(next.line());
            long raised = line.quantity().thousandths() + next.addQuantity().thousandths();
            Cart cart = order.cart().withLine(next.line(), line.withQuantity(new Quantity(raised)));
            assertEqual("the new total", order.with(cart).price().price().total(), next.newTotal());
          }
        });
  }

  @Test
  void generated_orders_cover_every_outcome() {
    SplittableRandom random = new SplittableRandom(1);
    java.util.Set<Class<?>> effects = new java.util.HashSet<>();
    java.util.Set<SkipReason> reasons = new java.util.HashSet<>();
    int applied = 0;
    for (int i = 0; i < 5_000; i++) {
      PricingInput order = RandomPricingCases.small().generator().apply(random);
      Quote quote = order.price();
      for (int index = 0; index < quote.trace().size(); index++) {
        switch (quote.trace().get(index).outcome()) {
          case RuleOutcome.Applied _ -> {
            applied++;
            order
                .rules()
                .rules()
                .get(index)
                .definition()
                .effects()
                .forEach(effect -> effects.add(effect.getClass()));
          }
          case RuleOutcome.Skipped skipped -> reasons.add(skipped.reason());
        }
      }
    }
    assertThat(effects).hasSize(RandomEffects.KIND_COUNT);
    assertThat(applied).isGreaterThan(4_000);
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            SkipReason.CODE_NOT_GIVEN,
            SkipReason.USAGE_LIMIT_REACHED,
            SkipReason.PER_CUSTOMER_LIMIT_REACHED,
            SkipReason.BUDGET_EXCEEDED,
            SkipReason.NOT_STARTED,
            SkipReason.EXPIRED,
            SkipReason.CONDITIONS_NOT_MET,
            SkipReason.EXCLUDED,
            SkipReason.NOT_BEST_OFFER,
            SkipReason.NO_EFFECT);
  }
}
