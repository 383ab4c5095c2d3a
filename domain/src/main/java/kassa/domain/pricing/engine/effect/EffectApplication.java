package kassa.domain.pricing.engine.effect;

import java.util.Arrays;
import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.pricing.engine.ledger.SplitUnits;
import kassa.domain.rule.AmountTier;
import kassa.domain.rule.Code;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Policy.RoundOn;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Rule;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;
import org.jspecify.annotations.Nullable;

/** Applies the effects of one rule to the ledger, one after another. One thread only. */
public final class EffectApplication {

  private final CartIndex index;
  private final Ledger ledger;
  private final Rule rule;
  private final @Nullable Code code;

  /** The discount that could not be applied so far, in minor units. */
  private long unapplied;

  /** Creates an application of a rule that was activated by a code, if any. */
  public EffectApplication(CartIndex index, Ledger ledger, Rule rule, @Nullable Code code) {
    this.index = index;
    this.ledger = ledger;
    this.rule = rule;
    this.code = code;
  }

  /**
   * Returns the discount that could not be applied so far, in minor units, at most {@link
   * Cart#MAX_SUBTOTAL}.
   */
  public long unapplied() {
    return unapplied;
  }

  /** Applies an effect. */
  public void apply(Effect effect) {
    switch (effect) {
      case Effect.PercentOffOrder(Percentage percent, Amount maxAmount, Target target) -> {
        int[] lines = index.linesOf(target);
        long share = share(percent, basesOf(lines));
        allocate(lines, maxAmount == null ? share : Math.min(share, minorUnits(maxAmount)), null);
      }
      case Effect.AmountOffOrder(Amount amount, Target target) ->
          allocate(index.linesOf(target), minorUnits(amount), null);
      case Effect.PercentOffUnits(Percentage percent, Target target, UnitChoice choice) ->
          reduceUnits(new Reduction.PercentOff(percent), target, choice);
      case Effect.AmountOffUnits(Amount amount, Target target, UnitChoice choice) ->
          reduceUnits(new Reduction.AmountOff(amount), target, choice);
      case Effect.AmountOffLine(Amount amount, Target target) -> {
        for (int line : index.linesOf(target)) {
          applyDiscount(line, minorUnits(amount), null);
        }
      }
      case Effect.FixedUnitPrice(Amount price, Target target) ->
          reduceUnits(new Reduction.FixedPrice(price), target, UnitChoice.ALL);
      case Effect.TieredQuantity tiered -> new TierPricing(index, ledger, this).apply(tiered);
      case Effect.TieredOrderAmount(List<AmountTier> tiers) -> tieredOrderAmount(tiers);
      case Effect.QuantityGroup(long size, Reduction reduction, Target target) ->
          reduce(new UnitSelection(index, ledger).fullGroups(target, size), reduction);
      case Effect.BuyXGetY buy ->
          reduce(
              new SetPricing(index, ledger).selectGetUnits(buy),
              new Reduction.PercentOff(buy.percent()));
      case Effect.NthUnitPercent(long n, Percentage percent, Long sets, Target target) ->
          reduce(
              new UnitSelection(index, ledger).everyNth(target, n, sets),
              new Reduction.PercentOff(percent));
      case Effect.BundlePrice bundle -> bundle(bundle);
      case Effect.FreeGift gift -> gift(gift);
      case Effect.PercentOffShipping(Percentage percent) ->
          applyDiscount(
              ledger.shippingSlot(), share(percent, ledger.base(ledger.shippingSlot())), null);
      case Effect.AmountOffShipping(Amount amount) ->
          applyDiscount(ledger.shippingSlot(), minorUnits(amount), null);
      case Effect.PercentOffItemsAndShipping(Percentage percent) -> {
        int[] slots = itemsAndShipping();
        allocate(slots, share(percent, basesOf(slots)), null);
      }
      case Effect.AmountOffItemsAndShipping(Amount amount) ->
          allocate(itemsAndShipping(), minorUnits(amount), null);
    }
  }

  /** Discounts a slot by an amount, as far as possible. */
  void applyDiscount(int slot, long wanted, @Nullable String label) {
    long applied = ledger.applyDiscount(slot, wanted);
    addUnapplied(wanted - applied);
    ledger.addEntry(slot, rule, label, code, applied);
  }

  /**
   * Returns the discount of a reduction on units with a total price. For a fixed price, {@code
   * base} must be the remaining price, independent of the base of percentages.
   */
  long discountOf(Reduction reduction, long base, long thousandths) {
    return switch (reduction) {
      case Reduction.PercentOff(Percentage percent) -> share(percent, base);
      case Reduction.AmountOff(Amount amount) -> amount.times(thousandths, ledger.currency());
      case Reduction.FixedPrice(Amount price) ->
          Math.max(0, base - price.times(thousandths, ledger.currency()));
    };
  }

  /** Returns a percentage of an amount; either the discount or the remainder is rounded half-up. */
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
    long undistributed = wanted;
    for (int i = 0; i < slots.length; i++) {
      undistributed -= shares[i];
      ledger.addEntry(slots[i], rule, label, code, shares[i]);
    }
    addUnapplied(undistributed);
  }

  private void reduceUnits(Reduction reduction, Target target, UnitChoice choice) {
    if (!choice.isAll()) {
      reduce(new UnitSelection(index, ledger).chooseUnits(target, choice), reduction);
      return;
    }
    for (int line : index.linesOf(target)) {
      reduceLine(line, reduction, null);
    }
  }

  /** Applies a reduction to all units of a line. */
  void reduceLine(int line, Reduction reduction, @Nullable String label) {
    if (reduction instanceof Reduction.PercentOff || ledger.isUniform(line)) {
      long thousandths = ledger.line(line).quantity().thousandths();
      long base =
          reduction instanceof Reduction.FixedPrice ? ledger.remaining(line) : ledger.base(line);
      applyDiscount(line, discountOf(reduction, base, thousandths), label);
    } else {
      reduceUnitByUnit(line, SplitUnits.all(ledger.units(line)), reduction, label);
    }
  }

  /** Applies a reduction to selected units, line by line. */
  private void reduce(List<UnitSelection.LineSelection> selection, Reduction reduction) {
    for (UnitSelection.LineSelection selected : selection) {
      SplitUnits split = selected.splitIn(ledger);
      if (reduction instanceof Reduction.PercentOff(Percentage percent)) {
        long[] bases = basesOf(split);
        discountUnits(
            selected.line(), split.runIndexes(), bases, share(percent, sumOf(bases)), null);
      } else {
        reduceUnitByUnit(selected.line(), split, reduction, null);
      }
    }
  }

  /**
   * Applies the same reduction to each unit, at most its remaining price, so that the excess of one
   * unit is not shifted to another. Rounded once for all units that are not free afterwards.
   */
  private void reduceUnitByUnit(
      int line, SplitUnits split, Reduction reduction, @Nullable String label) {
    int count = split.runIndexes().length;
    int[] freeRuns = new int[count];
    int[] otherRuns = new int[count];
    long[] freeAmounts = new long[count];
    long[] weights = new long[count];
    int freeCount = 0;
    int otherCount = 0;
    long base = 0;
    long thousandths = 0;
    for (int i = 0; i < count; i++) {
      int run = split.runIndexes()[i];
      long runThousandths = split.thousandths(i);
      long remaining = split.part(i, split.units().remaining(run));
      long runBase =
          reduction instanceof Reduction.FixedPrice
              ? remaining
              : split.part(i, ledger.base(split.units(), run));
      long wanted = discountOf(reduction, runBase, runThousandths);
      if (wanted >= remaining) {
        freeRuns[freeCount] = run;
        freeAmounts[freeCount++] = remaining;
      } else if (wanted > 0 || reduction instanceof Reduction.AmountOff) {
        otherRuns[otherCount] = run;
        weights[otherCount++] = reduction instanceof Reduction.AmountOff ? runThousandths : wanted;
        base += runBase;
        thousandths += runThousandths;
      }
    }
    discountUnits(
        line,
        Arrays.copyOf(freeRuns, freeCount),
        Arrays.copyOf(freeAmounts, freeCount),
        sumOf(freeAmounts),
        label);
    discountUnits(
        line,
        Arrays.copyOf(otherRuns, otherCount),
        Arrays.copyOf(weights, otherCount),
        Math.min(base, discountOf(reduction, base, thousandths)),
        label);
  }

  private void discountUnits(
      int line, int[] runs, long[] weights, long wanted, @Nullable String label) {
    long applied = ledger.applyDiscount(line, runs, weights, wanted);
    addUnapplied(wanted - applied);
    ledger.addEntry(line, rule, label, code, applied);
  }

  private long[] basesOf(SplitUnits split) {
    long[] bases = new long[split.runIndexes().length];
    for (int i = 0; i < bases.length; i++) {
      bases[i] = split.part(i, ledger.base(split.units(), split.runIndexes()[i]));
    }
    return bases;
  }

  private static long remaining(SplitUnits split) {
    long remaining = 0;
    for (int i = 0; i < split.runIndexes().length; i++) {
      remaining += split.part(i, split.units().remaining(split.runIndexes()[i]));
    }
    return remaining;
  }

  private static long sumOf(long[] amounts) {
    long sum = 0;
    for (long amount : amounts) {
      sum += amount;
    }
    return sum;
  }

  private void tieredOrderAmount(List<AmountTier> tiers) {
    long base = basesOf(index.all());
    for (AmountTier tier : tiers.reversed()) {
      if (base >= tier.from().ceiling(ledger.currency())) {
        long wanted =
            switch (tier.reduction()) {
              case Reduction.PercentOff(Percentage percent) -> share(percent, base);
              case Reduction.AmountOff(Amount amount) -> minorUnits(amount);
              case Reduction.FixedPrice(Amount price) -> Math.max(0, base - minorUnits(price));
            };
        allocate(index.all(), wanted, tier.label());
        return;
      }
    }
  }

  private void bundle(Effect.BundlePrice bundle) {
    SetPricing.Bundles bundles = new SetPricing(index, ledger).selectBundles(bundle);
    List<UnitSelection.LineSelection> selection = bundles.units();
    int[] lines = selection.stream().mapToInt(UnitSelection.LineSelection::line).toArray();
    int[][] runs = new int[lines.length][];
    long[][] bases = new long[lines.length][];
    long[] weights = new long[lines.length];
    long[] max = new long[lines.length];
    for (int i = 0; i < lines.length; i++) {
      SplitUnits split = selection.get(i).splitIn(ledger);
      runs[i] = split.runIndexes();
      bases[i] = basesOf(split);
      weights[i] = sumOf(bases[i]);
      max[i] = Math.min(remaining(split), ledger.maxDiscount(lines[i]));
    }
    long undistributed = bundles.saved();
    long[] shares = kassa.domain.money.Allocation.allocateWithin(bundles.saved(), weights, max);
    for (int i = 0; i < lines.length; i++) {
      long applied = ledger.applyDiscount(lines[i], runs[i], bases[i], shares[i]);
      undistributed -= applied;
      ledger.addEntry(lines[i], rule, null, code, applied);
    }
    addUnapplied(undistributed);
  }

  private void gift(Effect.FreeGift gift) {
    long thousandths =
        gift.perUnitOfSku() == null
            ? 1_000
            : index.quantity(index.withSku(gift.perUnitOfSku())) / 1_000 * 1_000;
    long cost = gift.unitPrice().times(thousandths, ledger.currency());
    boolean isPossible =
        thousandths > 0
            && thousandths <= Quantity.MAX_THOUSANDTHS
            && gift.unitPrice().ceiling(ledger.currency()) <= UnitPrice.MAX_MINOR_UNITS
            && ledger.canAddGift(cost);
    if (isPossible) {
      UnitPrice price = new UnitPrice(gift.unitPrice().micros(), ledger.currency());
      CartLine line = new CartLine(gift.sku(), new Quantity(thousandths), price);
      int slot = ledger.addGift(line);
      ledger.addEntry(slot, rule, null, code, cost);
    }
  }

  /** Adds to the unapplied amount, which is capped at the maximum of a cart. */
  private void addUnapplied(long amount) {
    unapplied = Math.min(unapplied + amount, Cart.MAX_SUBTOTAL);
  }

  private long basesOf(int[] slots) {
    long sum = 0;
    for (int slot : slots) {
      sum += ledger.base(slot);
    }
    return sum;
  }

  /** Converts an amount to minor units; {@link Amount#fits} was checked before the rule applied. */
  private long minorUnits(Amount amount) {
    return amount.floor(ledger.currency());
  }

  private int[] itemsAndShipping() {
    int[] slots = Arrays.copyOf(index.all(), index.all().length + 1);
    slots[slots.length - 1] = ledger.shippingSlot();
    return slots;
  }
}
