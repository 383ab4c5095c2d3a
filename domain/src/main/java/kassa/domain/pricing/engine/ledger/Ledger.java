package kassa.domain.pricing.engine.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import kassa.domain.money.Allocation;
import kassa.domain.money.Money;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.UnitRun;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Policy.EffectBase;
import kassa.domain.rule.Policy.StackBase;
import kassa.domain.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What each line of a cart, and shipping, still cost while the cart is being priced. Amounts are
 * minor units. Mutable; one thread only.
 */
public final class Ledger {

  /**
   * Something that came off.
   *
   * @param slot off which line, off shipping, or off which gift
   */
  public record Entry(int slot, Rule rule, String label, @Nullable Code code, long amount) {}

  /**
   * The most runs that the units of all lines together are told apart in, each line having the same
   * part of them. It bounds what a rule costs, and how long a text the units of a line are kept as.
   */
  public static final int MAX_RUNS = 10_000;

  private final Cart cart;
  private final Policy policy;
  private final int lines;
  private final long[] gross;
  private final long[] discounted;
  private final long[] discountAtRuleStart;
  private final long[] floor;
  private final @Nullable LineUnits[] units;

  /** The lines whose units the present rule has set apart, and their units before that. */
  private final BitSet splitUnits;

  private final @Nullable LineUnits[] unitsBeforeRule;

  /** The slots that may be other than when the present rule began. */
  private final BitSet touched;

  private final long[] itemsRemaining;
  private final List<Entry> entries;
  private final List<CartLine> gifts;

  public Ledger(Cart cart, Policy policy) {
    this.cart = cart;
    this.policy = policy;
    lines = cart.lines().size();
    gross = new long[lines + 1];
    discounted = new long[lines + 1];
    discountAtRuleStart = new long[lines + 1];
    floor = new long[lines + 1];
    units = new LineUnits[lines];
    splitUnits = new BitSet();
    unitsBeforeRule = new LineUnits[lines];
    touched = new BitSet();
    itemsRemaining = new long[1];
    entries = new ArrayList<>();
    gifts = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      CartLine bought = cart.lines().get(line);
      gross[line] = bought.subtotal().minorUnits();
      floor[line] = Math.min(bought.floor().minorUnits(), gross[line]);
      itemsRemaining[0] += gross[line];
    }
    Shipping shipping = cart.shipping();
    gross[lines] = shipping == null ? 0 : shipping.amount().minorUnits();
  }

  private Ledger(Ledger other) {
    cart = other.cart;
    policy = other.policy;
    lines = other.lines;
    gross = other.gross;
    discounted = other.discounted.clone();
    discountAtRuleStart = other.discountAtRuleStart.clone();
    floor = other.floor;
    units = new LineUnits[lines];
    splitUnits = new BitSet();
    unitsBeforeRule = new LineUnits[lines];
    touched = (BitSet) other.touched.clone();
    itemsRemaining = other.itemsRemaining.clone();
    entries = new ArrayList<>(other.entries);
    gifts = new ArrayList<>(other.gifts);
    for (int line = 0; line < lines; line++) {
      LineUnits theirs = other.units[line];
      units[line] = theirs == null ? null : theirs.copy();
    }
  }

  public Ledger copy() {
    return new Ledger(this);
  }

  /** Becomes what the other was; the other is not to be used any more. */
  public void copyFrom(Ledger other) {
    for (int slot = 0; slot <= lines; slot++) {
      copyFrom(other, slot);
    }
    entries.clear();
    entries.addAll(other.entries);
    gifts.clear();
    gifts.addAll(other.gifts);
  }

  /** Becomes what the other was in one slot, but for its entries. */
  public void copyFrom(Ledger other, int slot) {
    touched.set(slot);
    itemsRemaining[0] += slot < lines ? discounted[slot] - other.discounted[slot] : 0;
    discounted[slot] = other.discounted[slot];
    discountAtRuleStart[slot] = other.discountAtRuleStart[slot];
    if (slot < lines) {
      LineUnits theirs = other.units[slot];
      units[slot] = theirs == null ? null : theirs.copy();
    }
  }

  public Currency currency() {
    return cart.currency();
  }

  public Policy policy() {
    return policy;
  }

  public CartLine line(int line) {
    return cart.lines().get(line);
  }

  /** The slot of shipping, which comes behind the lines. */
  public int shippingSlot() {
    return lines;
  }

  public boolean hasShipping() {
    return cart.shipping() != null;
  }

  /** The place in the priced cart of a line or of a gift. */
  public int lineOf(int slot) {
    return slot < lines ? slot : slot - 1;
  }

  /** What all lines still cost. */
  public long itemsRemaining() {
    return itemsRemaining[0];
  }

  public long remaining(int slot) {
    return gross[slot] - discounted[slot];
  }

  /** What came off everything, gifts included. */
  public long totalDiscount() {
    long sum = 0;
    for (Entry entry : entries) {
      sum += entry.amount();
    }
    return sum;
  }

  public List<Entry> entries() {
    return entries;
  }

  public List<CartLine> gifts() {
    return gifts;
  }

  /** A rule begins. */
  public void startRule() {
    for (int slot = touched.nextSetBit(0); slot >= 0; slot = touched.nextSetBit(slot + 1)) {
      discountAtRuleStart[slot] = discounted[slot];
      LineUnits some = slot < lines ? units[slot] : null;
      if (some != null) {
        some.startRule();
      }
    }
    touched.clear();
    splitUnits.clear();
  }

  /** The present rule took nothing off, so it leaves no trace on any unit either. */
  public void rollbackRule() {
    for (int line = splitUnits.nextSetBit(0); line >= 0; line = splitUnits.nextSetBit(line + 1)) {
      units[line] = unitsBeforeRule[line];
    }
  }

  /** What the effects of the present rule take their shares from. */
  public long base(int slot) {
    return base(gross[slot], discounted[slot], discountAtRuleStart[slot]);
  }

  /** What the effects of the present rule take their shares from, of some units. */
  public long base(LineUnits some, int run) {
    return base(some.gross(run), some.discount(run), some.discountAtRuleStart(run));
  }

  private long base(long whole, long now, long before) {
    long start = policy.stackBase() == StackBase.ORIGINAL ? whole : whole - before;
    return policy.effectBase() == EffectBase.REMAINING ? start - (now - before) : start;
  }

  /** What may still be taken off a slot. */
  public long maxDiscount(int slot) {
    return gross[slot] - discounted[slot] - (slot < lines ? floor[slot] : 0);
  }

  /** Takes as much of an amount off all units of a slot as may be; says how much that was. */
  public long applyDiscount(int slot, long wanted) {
    long given = Math.min(wanted, maxDiscount(slot));
    if (given <= 0) {
      return 0;
    }
    if (slot < lines) {
      LineUnits some = units[slot];
      if (some != null) {
        some.applyDiscount(given, bases(some));
      }
      itemsRemaining[0] -= given;
    }
    touched.set(slot);
    discounted[slot] += given;
    return given;
  }

  /** Takes as much of an amount off some units of a line as may be; says how much that was. */
  public long applyDiscount(int line, int[] places, long[] weights, long wanted) {
    touched.set(line);
    long given = units(line).applyDiscount(Math.min(wanted, maxDiscount(line)), places, weights);
    itemsRemaining[0] -= given;
    discounted[line] += given;
    return given;
  }

  /** Takes as much of an amount off some slots as may be, by weights; says how much off each. */
  public long[] allocate(int[] slots, long[] weights, long wanted) {
    long[] max = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      max[i] = maxDiscount(slots[i]);
    }
    long[] shares = Allocation.allocateWithin(wanted, weights, max);
    for (int i = 0; i < slots.length; i++) {
      applyDiscount(slots[i], shares[i]);
    }
    return shares;
  }

  /** Tells some units of a line apart; says which of its runs they are from now on. */
  public SplitUnits splitUnits(int line, List<UnitRange> ranges, Mark mark) {
    touched.set(line);
    if (!splitUnits.get(line)) {
      splitUnits.set(line);
      unitsBeforeRule[line] = units[line];
    }
    SplitUnits split = new UnitSplitter(units(line), mark).split(ranges, MAX_RUNS / lines);
    units[line] = split.units();
    return split;
  }

  /** Whether no rule has treated one unit of a line differently. */
  public boolean isUniform(int line) {
    return units[line] == null;
  }

  /** The units of a line; those that are all alike only to be looked at. */
  public LineUnits units(int line) {
    LineUnits some = units[line];
    return some == null ? uniformUnits(line) : some;
  }

  private LineUnits uniformUnits(int line) {
    long thousandths = line(line).quantity().thousandths();
    return LineUnits.uniform(thousandths, gross[line], discounted[line], discountAtRuleStart[line]);
  }

  /** The units of a line, if they are not all alike. */
  public List<UnitRun> unitRuns(int line) {
    LineUnits some = units[line];
    return some == null ? List.of() : some.toUnitRuns();
  }

  /** Adds a gift; says what its slot is. */
  public int addGift(CartLine gift) {
    gifts.add(gift);
    return lines + gifts.size();
  }

  /** Whether a gift that costs so much before it is given still makes a cart. */
  public boolean canAddGift(long cost) {
    return cost <= Cart.MAX_SUBTOTAL - subtotal();
  }

  /** What all lines cost before discounts, gifts included. */
  private long subtotal() {
    long sum = 0;
    for (int line = 0; line < lines; line++) {
      sum += gross[line];
    }
    for (CartLine gift : gifts) {
      sum += gift.subtotal().minorUnits();
    }
    return sum;
  }

  public void addEntry(
      int slot, Rule rule, @Nullable String label, @Nullable Code code, long amount) {
    if (amount > 0) {
      entries.add(new Entry(slot, rule, label == null ? rule.label() : label, code, amount));
    }
  }

  public Money money(long minorUnits) {
    return new Money(minorUnits, currency());
  }

  private long[] bases(LineUnits some) {
    long[] bases = new long[some.runs()];
    for (int run = 0; run < bases.length; run++) {
      bases[run] = base(some, run);
    }
    return bases;
  }
}
