package kassa.domain.pricing.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.Pick;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;

/**
 * Slow reference implementation of effects on a cart in dollars: every unit is an object, and every
 * amount a decimal. It shares no code with the engine. Single use.
 */
final class ReferencePricing {

  /** One unit. */
  private static final class Unit {

    private final int line;
    private final int number;
    private BigDecimal price;
    private boolean used;

    Unit(int line, int number, BigDecimal price) {
      this.line = line;
      this.number = number;
      this.price = price;
    }
  }

  private final Cart cart;
  private final List<Unit> units = new ArrayList<>();

  /**
   * Creates the units of a cart.
   *
   * @param cart whole units, at prices in whole cents
   */
  ReferencePricing(Cart cart) {
    this.cart = cart;
    for (int line = 0; line < cart.lines().size(); line++) {
      CartLine bought = cart.lines().get(line);
      for (int number = 1; number <= bought.quantity().thousandths() / 1_000; number++) {
        units.add(new Unit(line, number, bought.unitPrice().toBigDecimal()));
      }
    }
  }

  /** Returns the discount of each line. */
  List<BigDecimal> discounts(Effect effect) {
    return switch (effect) {
      case Effect.PercentOffOrder(Percentage percent, var max, Target target) -> {
        BigDecimal share = cents(sum(of(target)).multiply(fraction(percent)));
        yield allocate(max == null ? share : share.min(max.toBigDecimal()), of(target));
      }
      case Effect.AmountOffOrder(Amount amount, Target target) ->
          allocate(amount.toBigDecimal().min(sum(of(target))), of(target));
      case Effect.PercentOffUnits(Percentage percent, Target target, UnitChoice choice) ->
          perUnit(chooseUnits(of(target), choice), new Reduction.PercentOff(percent));
      case Effect.AmountOffUnits(Amount amount, Target target, UnitChoice choice) ->
          perUnit(chooseUnits(of(target), choice), new Reduction.AmountOff(amount));
      case Effect.FixedUnitPrice(Amount price, Target target) ->
          perUnit(of(target), new Reduction.FixedPrice(price));
      case TieredQuantity tiered -> tiered(tiered);
      case Effect.QuantityGroup(long size, Reduction reduction, Target target) -> {
        List<Unit> some = of(target);
        yield perUnit(some.subList(0, (int) (some.size() / size * size)), reduction);
      }
      case Effect.BuyXGetY buy -> perUnit(getUnits(buy), new Reduction.PercentOff(buy.percent()));
      case Effect.NthUnitPercent nth -> perUnit(nth(nth), new Reduction.PercentOff(nth.percent()));
      default -> throw new IllegalArgumentException("unsupported effect: " + effect);
    };
  }

  /** Returns the discount of each unit of all lines after consecutive percentage effects. */
  List<BigDecimal> unitDiscounts(List<Effect> rules) {
    List<BigDecimal> before = units.stream().map(unit -> unit.price).toList();
    for (Effect rule : rules) {
      List<Unit> used = units.stream().filter(unit -> unit.used).toList();
      BigDecimal left = sum(units);
      switch (rule) {
        case Effect.PercentOffUnits(Percentage percent, Target target, UnitChoice choice) ->
            reduce(chooseUnits(of(target), choice), percent);
        case Effect.QuantityGroup(long size, Reduction.PercentOff(var percent), Target target) ->
            reduce(of(target).subList(0, (int) (of(target).size() / size * size)), percent);
        case Effect.BuyXGetY buy -> reduce(getUnits(buy), buy.percent());
        case Effect.NthUnitPercent nth -> reduce(nth(nth), nth.percent());
        default -> throw new IllegalArgumentException("unsupported effect: " + rule);
      }
      if (sum(units).compareTo(left) == 0) {
        units.forEach(unit -> unit.used = used.contains(unit));
      }
    }
    List<BigDecimal> off = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      off.add(cents(before.get(i).subtract(units.get(i).price)));
    }
    return off;
  }

  private static void reduce(List<Unit> some, Percentage percent) {
    some.forEach(unit -> unit.price = unit.price.subtract(unit.price.multiply(fraction(percent))));
  }

  private List<Unit> nth(Effect.NthUnitPercent effect) {
    return of(effect.target()).stream()
        .filter(unit -> unit.number % effect.n() == 0)
        .limit(effect.maxSets() == null ? Long.MAX_VALUE : effect.maxSets())
        .toList();
  }

  private List<BigDecimal> tiered(TieredQuantity tiered) {
    List<BigDecimal> off = zeros();
    List<Unit> target = of(tiered.target());
    int counted = 0;
    for (int line = 0; line < off.size(); line++) {
      int index = line;
      List<Unit> some = target.stream().filter(unit -> unit.line == index).toList();
      int before = tiered.scope() == Scope.LINE ? 0 : counted;
      int reached = tiered.scope() == Scope.LINE ? some.size() : target.size();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < some.size(); i++) {
        int quantity = tiered.mode() == Mode.VOLUME ? reached : before + i + 1;
        exact = exact.add(unitDiscount(some.get(i).price, tier(tiered.tiers(), quantity)));
      }
      BigDecimal gross = sum(some);
      off.set(
          line,
          tiered.mode() == Mode.VOLUME
              ? cents(exact)
              : gross.subtract(cents(gross.subtract(exact))));
      counted += some.size();
    }
    return off;
  }

  private static Reduction tier(List<QuantityTier> tiers, int quantity) {
    Reduction reduction = new Reduction.AmountOff(new Amount(0));
    for (QuantityTier tier : tiers) {
      if (tier.from().toBigDecimal().compareTo(BigDecimal.valueOf(quantity)) <= 0) {
        reduction = tier.reduction();
      }
    }
    return reduction;
  }

  private List<Unit> chooseUnits(List<Unit> target, UnitChoice choice) {
    List<Unit> sorted = new ArrayList<>(target);
    sorted.sort(order(choice.pick()));
    List<Unit> chosen = new ArrayList<>();
    for (Unit unit : sorted) {
      long ofLine = chosen.stream().filter(other -> other.line == unit.line).count();
      if ((choice.maxUnits() == null || chosen.size() < choice.maxUnits())
          && (choice.maxUnitsPerLine() == null || ofLine < choice.maxUnitsPerLine())) {
        chosen.add(unit);
      }
    }
    return chosen;
  }

  /** Units outside of the get target are bought first, then those that would be discounted last. */
  private List<Unit> getUnits(Effect.BuyXGetY effect) {
    List<Unit> gets = of(effect.getTarget());
    gets.sort(order(effect.pick()));
    gets.removeIf(unit -> unit.used);
    List<Unit> buys = of(effect.buyTarget());
    buys.removeIf(unit -> unit.used);
    Comparator<Unit> discountedLast = Comparator.comparing(of(effect.getTarget())::contains);
    if (effect.pick() != Pick.LINE_ORDER) {
      discountedLast =
          discountedLast
              .thenComparing(order(effect.pick()).reversed())
              .thenComparing(Comparator.comparingInt((Unit unit) -> unit.line).reversed());
    }
    buys.sort(discountedLast);
    List<Unit> discounted = new ArrayList<>();
    for (long set = 0; effect.maxSets() == null || set < effect.maxSets(); set++) {
      List<Unit> bought = take(buys, effect.buyQuantity());
      List<Unit> got = take(gets, effect.getQuantity());
      boolean full = got.size() == effect.getQuantity();
      boolean partial = !got.isEmpty() && effect.allowsPartialGet();
      if (bought.size() < effect.buyQuantity() || !(full || partial)) {
        bought.forEach(unit -> unit.used = false);
        got.forEach(unit -> unit.used = false);
        return discounted;
      }
      discounted.addAll(got);
      if (!full) {
        return discounted;
      }
    }
    return discounted;
  }

  private static List<Unit> take(List<Unit> from, long wanted) {
    List<Unit> taken = from.stream().filter(unit -> !unit.used).limit(wanted).toList();
    taken.forEach(unit -> unit.used = true);
    return taken;
  }

  private static Comparator<Unit> order(Pick pick) {
    Comparator<Unit> cheapest = Comparator.comparing((Unit unit) -> unit.price);
    return switch (pick) {
      case LINE_ORDER -> Comparator.comparingInt(_ -> 0);
      case CHEAPEST -> cheapest;
      case MOST_EXPENSIVE -> cheapest.reversed();
    };
  }

  private List<Unit> of(Target target) {
    List<Unit> some = new ArrayList<>(units);
    some.removeIf(unit ->
        target.skus() != null && !target.skus().contains(cart.lines().get(unit.line).sku()));
    return some;
  }

  /** The same reduction of each unit, rounded once per line. */
  private List<BigDecimal> perUnit(List<Unit> some, Reduction reduction) {
    List<BigDecimal> off = zeros();
    for (Unit unit : some) {
      off.set(unit.line, off.get(unit.line).add(unitDiscount(unit.price, reduction)));
    }
    off.replaceAll(ReferencePricing::cents);
    return off;
  }

  private static BigDecimal unitDiscount(BigDecimal price, Reduction reduction) {
    return switch (reduction) {
      case Reduction.PercentOff(Percentage percent) -> price.multiply(fraction(percent));
      case Reduction.AmountOff(Amount amount) -> price.min(amount.toBigDecimal());
      case Reduction.FixedPrice(Amount other) ->
          price.subtract(other.toBigDecimal()).max(BigDecimal.ZERO);
    };
  }

  /** Allocates cent by cent: the next cent goes to the line with the largest remainder. */
  private List<BigDecimal> allocate(BigDecimal amount, List<Unit> some) {
    List<BigDecimal> off = zeros();
    BigDecimal all = sum(some);
    if (all.signum() == 0) {
      return off;
    }
    List<BigDecimal> missing = new ArrayList<>();
    BigDecimal left = amount;
    for (int line = 0; line < off.size(); line++) {
      int index = line;
      BigDecimal weight = sum(some.stream().filter(unit -> unit.line == index).toList());
      BigDecimal exact = amount.multiply(weight);
      off.set(line, exact.divide(all, 2, RoundingMode.DOWN));
      missing.add(exact.subtract(off.get(line).multiply(all)));
      left = left.subtract(off.get(line));
    }
    while (left.signum() > 0) {
      int next = missing.indexOf(missing.stream().max(Comparator.naturalOrder()).orElseThrow());
      off.set(next, off.get(next).add(new BigDecimal("0.01")));
      missing.set(next, BigDecimal.valueOf(-1));
      left = left.subtract(new BigDecimal("0.01"));
    }
    return off;
  }

  private List<BigDecimal> zeros() {
    List<BigDecimal> nothing = new ArrayList<>();
    cart.lines().forEach(_ -> nothing.add(BigDecimal.ZERO));
    return nothing;
  }

  private static BigDecimal sum(List<Unit> some) {
    return some.stream().map(unit -> unit.price).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal fraction(Percentage percent) {
    return BigDecimal.valueOf(percent.tenThousandths(), 6);
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }
}
