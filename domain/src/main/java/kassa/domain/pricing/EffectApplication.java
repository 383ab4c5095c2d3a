package kassa.domain.pricing;

import java.util.Arrays;
import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.rule.AmountTier;
import kassa.domain.rule.Code;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Policy.RoundOn;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Rule;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;
import org.jspecify.annotations.Nullable;

/** Does to the ledger what the effects of one rule say, one after the other. */
final class EffectApplication {

  private final CartIndex index;
  private final Ledger ledger;
  private final Rule rule;
  private final @Nullable Code code;
  private final long[] dropped;

  EffectApplication(CartIndex index, Ledger ledger, Rule rule, @Nullable Code code) {
    this.index = index;
    this.ledger = ledger;
    this.rule = rule;
    this.code = code;
    this.dropped = new long[1];
  }

  /** What could not be taken off so far, in minor units. */
  long dropped() {
    return dropped[0];
  }

  void apply(Effect effect) {
    switch (effect) {
      case Effect.PercentOffOrder(Percentage percent, Amount most, Target target) -> {
        int[] lines = index.of(target);
        long share = share(percent, bases(lines));
        allocate(lines, most == null ? share : Math.min(share, whole(most)), null);
      }
      case Effect.AmountOffOrder(Amount amount, Target target) ->
          allocate(index.of(target), whole(amount), null);
      case Effect.PercentOffUnits(Percentage percent, Target target, UnitChoice choice) ->
          units(new Reduction.PercentOff(percent), target, choice);
      case Effect.AmountOffUnits(Amount amount, Target target, UnitChoice choice) ->
          units(new Reduction.AmountOff(amount), target, choice);
      case Effect.AmountOffLine(Amount amount, Target target) -> {
        for (int line : index.of(target)) {
          takeOff(line, whole(amount), null);
        }
      }
      case Effect.FixedUnitPrice(Amount price, Target target) ->
          units(new Reduction.PriceOf(price), target, UnitChoice.ALL);
      case Effect.TieredQuantity tiered -> new TierPricing(index, ledger, this).apply(tiered);
      case Effect.TieredOrderAmount(List<AmountTier> tiers) -> tieredOrderAmount(tiers);
      case Effect.QuantityGroup(long size, Reduction reduction, Target target) ->
          reduce(new UnitSelection(index, ledger).groups(target, size), reduction);
      case Effect.BuyXGetY buy ->
          reduce(new SetPricing(index, ledger).gets(buy), new Reduction.PercentOff(buy.percent()));
      case Effect.NthUnitPercent(long n, Percentage percent, Long sets, Target target) ->
          reduce(
              new UnitSelection(index, ledger).everyNth(target, n, sets),
              new Reduction.PercentOff(percent));
      case Effect.BundlePrice bundle -> bundle(bundle);
      case Effect.FreeGift gift -> gift(gift);
      case Effect.PercentOffShipping(Percentage percent) ->
          takeOff(ledger.shipping(), share(percent, ledger.base(ledger.shipping())), null);
      case Effect.AmountOffShipping(Amount amount) ->
          takeOff(ledger.shipping(), whole(amount), null);
      case Effect.PercentOffItemsAndShipping(Percentage percent) -> {
        int[] all = itemsAndShipping();
        allocate(all, share(percent, bases(all)), null);
      }
      case Effect.AmountOffItemsAndShipping(Amount amount) ->
          allocate(itemsAndShipping(), whole(amount), null);
    }
  }

  /** Takes as much of an amount off a slot as may be. */
  void takeOff(int slot, long wanted, @Nullable String label) {
    long given = ledger.takeOff(slot, wanted);
    drop(wanted - given);
    ledger.enter(slot, rule, label, code, given);
  }

  /**
   * What a reduction takes off units that cost so much together. To give them another price it has
   * to look at what they cost now, whatever shares are taken from.
   */
  long reduced(Reduction reduction, long base, long thousandths) {
    return switch (reduction) {
      case Reduction.PercentOff(Percentage percent) -> share(percent, base);
      case Reduction.AmountOff(Amount amount) -> amount.times(thousandths, ledger.currency());
      case Reduction.PriceOf(Amount price) ->
          Math.max(0, base - price.times(thousandths, ledger.currency()));
    };
  }

  /** A share, rounded half-up: what comes off, or what is left. */
  private long share(Percentage percent, long base) {
    return ledger.policy().roundOn() == RoundOn.DISCOUNT
        ? percent.of(base)
        : base - percent.complement().of(base);
  }

  private void allocate(int[] slots, long wanted, @Nullable String label) {
    long[] weights = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      weights[i] = ledger.base(slots[i]);
    }
    long[] shares = ledger.allocate(slots, weights, wanted);
    long left = wanted;
    for (int i = 0; i < slots.length; i++) {
      left -= shares[i];
      ledger.enter(slots[i], rule, label, code, shares[i]);
    }
    drop(left);
  }

  private void units(Reduction reduction, Target target, UnitChoice choice) {
    if (!choice.isAll()) {
      reduce(new UnitSelection(index, ledger).chosen(target, choice), reduction);
      return;
    }
    for (int line : index.of(target)) {
      reduceLine(line, reduction, null);
    }
  }

  /** Takes a reduction off all units of a line. */
  void reduceLine(int line, Reduction reduction, @Nullable String label) {
    if (reduction instanceof Reduction.PercentOff || ledger.areAlike(line)) {
      long thousandths = ledger.line(line).quantity().thousandths();
      long base = reduction instanceof Reduction.PriceOf ? ledger.left(line) : ledger.base(line);
      takeOff(line, reduced(reduction, base, thousandths), label);
    } else {
      unitByUnit(line, Apart.all(ledger.units(line)), reduction, label);
    }
  }

  /** Takes a reduction off some units, line by line. */
  private void reduce(List<UnitSelection.OfLine> selection, Reduction reduction) {
    for (UnitSelection.OfLine some : selection) {
      Apart apart = some.setApart(ledger);
      if (reduction instanceof Reduction.PercentOff(Percentage percent)) {
        long[] bases = bases(apart);
        take(some.line(), apart.places(), bases, share(percent, sum(bases)), null);
      } else {
        unitByUnit(some.line(), apart, reduction, null);
      }
    }
  }

  /**
   * Takes the same off each unit, or what it can give, so that what one unit cannot give is not
   * taken from another. Rounded once for all that can give it.
   */
  private void unitByUnit(int line, Apart apart, Reduction reduction, @Nullable String label) {
    int count = apart.places().length;
    int[] emptied = new int[count];
    int[] others = new int[count];
    long[] all = new long[count];
    long[] weights = new long[count];
    int emptiedCount = 0;
    int othersCount = 0;
    long base = 0;
    long thousandths = 0;
    for (int i = 0; i < count; i++) {
      int place = apart.places()[i];
      long some = apart.thousandths(i);
      long remaining = apart.part(i, apart.units().remaining(place));
      long baseOfThem =
          reduction instanceof Reduction.PriceOf
              ? remaining
              : apart.part(i, ledger.base(apart.units(), place));
      long wanted = reduced(reduction, baseOfThem, some);
      if (wanted >= remaining) {
        emptied[emptiedCount] = place;
        all[emptiedCount++] = remaining;
      } else if (wanted > 0 || reduction instanceof Reduction.AmountOff) {
        others[othersCount] = place;
        weights[othersCount++] = reduction instanceof Reduction.AmountOff ? some : wanted;
        base += baseOfThem;
        thousandths += some;
      }
    }
    take(
        line,
        Arrays.copyOf(emptied, emptiedCount),
        Arrays.copyOf(all, emptiedCount),
        sum(all),
        label);
    take(
        line,
        Arrays.copyOf(others, othersCount),
        Arrays.copyOf(weights, othersCount),
        Math.min(base, reduced(reduction, base, thousandths)),
        label);
  }

  private void take(int line, int[] places, long[] weights, long wanted, @Nullable String label) {
    long given = ledger.takeOff(line, places, weights, wanted);
    drop(wanted - given);
    ledger.enter(line, rule, label, code, given);
  }

  private long[] bases(Apart apart) {
    long[] bases = new long[apart.places().length];
    for (int i = 0; i < bases.length; i++) {
      bases[i] = apart.part(i, ledger.base(apart.units(), apart.places()[i]));
    }
    return bases;
  }

  private static long remaining(Apart apart) {
    long remaining = 0;
    for (int i = 0; i < apart.places().length; i++) {
      remaining += apart.part(i, apart.units().remaining(apart.places()[i]));
    }
    return remaining;
  }

  private static long sum(long[] amounts) {
    long sum = 0;
    for (long amount : amounts) {
      sum += amount;
    }
    return sum;
  }

  private void tieredOrderAmount(List<AmountTier> tiers) {
    long base = bases(index.all());
    for (AmountTier tier : tiers.reversed()) {
      if (base >= tier.from().ceiling(ledger.currency())) {
        long wanted =
            switch (tier.reduction()) {
              case Reduction.PercentOff(Percentage percent) -> share(percent, base);
              case Reduction.AmountOff(Amount amount) -> whole(amount);
              case Reduction.PriceOf(Amount price) -> Math.max(0, base - whole(price));
            };
        allocate(index.all(), wanted, tier.label());
        return;
      }
    }
  }

  private void bundle(Effect.BundlePrice bundle) {
    SetPricing.Bundles bundles = new SetPricing(index, ledger).bundles(bundle);
    List<UnitSelection.OfLine> selection = bundles.units();
    int[] lines = selection.stream().mapToInt(UnitSelection.OfLine::line).toArray();
    int[][] places = new int[lines.length][];
    long[][] bases = new long[lines.length][];
    long[] weights = new long[lines.length];
    long[] most = new long[lines.length];
    for (int i = 0; i < lines.length; i++) {
      Apart apart = selection.get(i).setApart(ledger);
      places[i] = apart.places();
      bases[i] = bases(apart);
      weights[i] = sum(bases[i]);
      most[i] = Math.min(remaining(apart), ledger.most(lines[i]));
    }
    long left = bundles.saved();
    long[] shares = kassa.domain.money.Allocation.allocateWithin(bundles.saved(), weights, most);
    for (int i = 0; i < lines.length; i++) {
      long given = ledger.takeOff(lines[i], places[i], bases[i], shares[i]);
      left -= given;
      ledger.enter(lines[i], rule, null, code, given);
    }
    drop(left);
  }

  private void gift(Effect.FreeGift gift) {
    long thousandths =
        gift.perUnitOfSku() == null
            ? 1_000
            : index.quantity(index.withSku(gift.perUnitOfSku())) / 1_000 * 1_000;
    long cost = gift.unitPrice().times(thousandths, ledger.currency());
    boolean possible =
        thousandths > 0
            && thousandths <= Quantity.GREATEST_THOUSANDTHS
            && gift.unitPrice().ceiling(ledger.currency()) <= UnitPrice.GREATEST_MINOR_UNITS
            && ledger.hasRoomFor(cost);
    if (possible) {
      UnitPrice price = new UnitPrice(gift.unitPrice().micros(), ledger.currency());
      CartLine line = new CartLine(gift.sku(), new Quantity(thousandths), price);
      int slot = ledger.addGift(line);
      ledger.enter(slot, rule, null, code, cost);
    }
  }

  /** It is told up to what a cart may cost. */
  private void drop(long amount) {
    dropped[0] = Math.min(dropped[0] + amount, Cart.GREATEST_SUBTOTAL);
  }

  private long bases(int[] slots) {
    long sum = 0;
    for (int slot : slots) {
      sum += ledger.base(slot);
    }
    return sum;
  }

  /** An amount in minor units; that it fits the currency was checked before the rule applied. */
  private long whole(Amount amount) {
    return amount.floor(ledger.currency());
  }

  private int[] itemsAndShipping() {
    int[] all = Arrays.copyOf(index.all(), index.all().length + 1);
    all[all.length - 1] = ledger.shipping();
    return all;
  }
}
