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
 * Ledger of a pricing run: the remaining amounts of lines and shipping, and the discounts so far.
 * Slots are the lines, then shipping, then free gifts. Amounts are in minor units. Mutable; one
 * thread only.
 */
public final class Ledger {

  /**
   * Discount entry.
   *
   * @param slot the slot of the line, of shipping, or of a free gift
   * @param rule the rule
   * @param label the label for customers
   * @param code the code that activated the rule; {@code null} if none
   * @param amount the discount, above zero, in minor units
   */
  public record Entry(int slot, Rule rule, String label, @Nullable Code code, long amount) {}

  /**
   * The maximum number of unit runs of all lines together; each line has an equal share. It bounds
   * the cost of a rule and the size of the stored units of a line.
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

  /** The lines whose units the current rule has split. */
  private final BitSet splitUnits;

  /** The units of these lines before the current rule. */
  private final @Nullable LineUnits[] unitsBeforeRule;

  /** The slots that may have changed since the start of the current rule. */
  private final BitSet touched;

  /** The remaining amount of all lines. */
  private long itemsRemaining;

  private final List<Entry> entries;
  private final List<CartLine> gifts;

  /** Creates a ledger of a cart without discounts. */
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
    entries = new ArrayList<>();
    gifts = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      CartLine bought = cart.lines().get(line);
      gross[line] = bought.subtotal().minorUnits();
      floor[line] = Math.min(bought.floor().minorUnits(), gross[line]);
      itemsRemaining += gross[line];
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
    itemsRemaining = other.itemsRemaining;
    entries = new ArrayList<>(other.entries);
    gifts = new ArrayList<>(other.gifts);
    for (int line = 0; line < lines; line++) {
      LineUnits otherUnits = other.units[line];
      units[line] = otherUnits == null ? null : otherUnits.copy();
    }
  }

  /** Returns a copy. */
  public Ledger copy() {
    return new Ledger(this);
  }

  /** Replaces the state with that of another ledger, which must not be used afterwards. */
  public void copyFrom(Ledger other) {
    for (int slot = 0; slot <= lines; slot++) {
      copyFrom(other, slot);
    }
    entries.clear();
    entries.addAll(other.entries);
    gifts.clear();
    gifts.addAll(other.gifts);
  }

  /** Replaces the state of one slot with that of another ledger, without entries. */
  public void copyFrom(Ledger other, int slot) {
    touched.set(slot);
    itemsRemaining += slot < lines ? discounted[slot] - other.discounted[slot] : 0;
    discounted[slot] = other.discounted[slot];
    discountAtRuleStart[slot] = other.discountAtRuleStart[slot];
    if (slot < lines) {
      LineUnits otherUnits = other.units[slot];
      units[slot] = otherUnits == null ? null : otherUnits.copy();
    }
  }

  /** Returns the currency of the cart. */
  public Currency currency() {
    return cart.currency();
  }

  /** Returns the pricing policy. */
  public Policy policy() {
    return policy;
  }

  /** Returns a line of the cart. */
  public CartLine line(int line) {
    return cart.lines().get(line);
  }

  /** Returns the slot of shipping, which is after the lines. */
  public int shippingSlot() {
    return lines;
  }

  /** Returns whether the cart has shipping costs. */
  public boolean hasShipping() {
    return cart.shipping() != null;
  }

  /** Returns the line index in the priced cart of the slot of a line or of a gift. */
  public int lineOf(int slot) {
    return slot < lines ? slot : slot - 1;
  }

  /** Returns the remaining amount of all lines. */
  public long itemsRemaining() {
    return itemsRemaining;
  }

  /** Returns the price of a slot before discounts. */
  public long gross(int slot) {
    return gross[slot];
  }

  /** Returns the remaining amount of a slot. */
  public long remaining(int slot) {
    return gross[slot] - discounted[slot];
  }

  /** Returns the total of all discounts, including those of gifts. */
  public long totalDiscount() {
    long sum = 0;
    for (Entry entry : entries) {
      sum += entry.amount();
    }
    return sum;
  }

  /** Returns the entries; the list is mutable. */
  public List<Entry> entries() {
    return entries;
  }

  /** Returns the lines of the free gifts. */
  public List<CartLine> gifts() {
    return gifts;
  }

  /** Starts a rule: the current amounts become its base. */
  public void startRule() {
    for (int slot = touched.nextSetBit(0); slot >= 0; slot = touched.nextSetBit(slot + 1)) {
      discountAtRuleStart[slot] = discounted[slot];
      LineUnits lineUnits = slot < lines ? units[slot] : null;
      if (lineUnits != null) {
        lineUnits.startRule();
      }
    }
    touched.clear();
    splitUnits.clear();
  }

  /** Rolls back the unit splits of the current rule, which gave no discount. */
  public void rollbackRule() {
    for (int line = splitUnits.nextSetBit(0); line >= 0; line = splitUnits.nextSetBit(line + 1)) {
      units[line] = unitsBeforeRule[line];
    }
  }

  /** Returns the base of the percentages of the current rule for a slot. */
  public long base(int slot) {
    return base(gross[slot], discounted[slot], discountAtRuleStart[slot]);
  }

  /** Returns the base of the percentages of the current rule for a run of units. */
  public long base(LineUnits lineUnits, int run) {
    return base(lineUnits.gross(run), lineUnits.discount(run), lineUnits.discountAtRuleStart(run));
  }

  private long base(long whole, long currentDiscount, long startDiscount) {
    long start = policy.stackBase() == StackBase.ORIGINAL ? whole : whole - startDiscount;
    return policy.effectBase() == EffectBase.REMAINING
        ? start - (currentDiscount - startDiscount)
        : start;
  }

  /** Returns the maximum further discount of a slot. */
  public long maxDiscount(int slot) {
    return gross[slot] - discounted[slot] - (slot < lines ? floor[slot] : 0);
  }

  /** Discounts all units of a slot, as far as possible; returns the applied amount. */
  public long applyDiscount(int slot, long wanted) {
    long applied = Math.min(wanted, maxDiscount(slot));
    if (applied <= 0) {
      return 0;
    }
    if (slot < lines) {
      LineUnits lineUnits = units[slot];
      if (lineUnits != null) {
        lineUnits.applyDiscount(applied, bases(lineUnits));
      }
      itemsRemaining -= applied;
    }
    touched.set(slot);
    discounted[slot] += applied;
    return applied;
  }

  /** Discounts runs of units of a line, as far as possible; returns the applied amount. */
  public long applyDiscount(int line, int[] runs, long[] weights, long wanted) {
    touched.set(line);
    long applied = units(line).applyDiscount(Math.min(wanted, maxDiscount(line)), runs, weights);
    itemsRemaining -= applied;
    discounted[line] += applied;
    return applied;
  }

  /**
   * Allocates a discount over slots by weights, as far as possible; returns the applied amounts.
   */
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

  /** Splits ranges of units of a line from its other units; returns the new runs. */
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

  /** Returns whether all units of a line have the same price. */
  public boolean isUniform(int line) {
    return units[line] == null;
  }

  /** Returns the units of a line; must not be changed if the line is uniform. */
  public LineUnits units(int line) {
    LineUnits lineUnits = units[line];
    return lineUnits == null ? uniformUnits(line) : lineUnits;
  }

  private LineUnits uniformUnits(int line) {
    long thousandths = line(line).quantity().thousandths();
    return LineUnits.uniform(thousandths, gross[line], discounted[line], discountAtRuleStart[line]);
  }

  /** Returns the unit runs of a line; empty if it is uniform. */
  public List<UnitRun> unitRuns(int line) {
    LineUnits lineUnits = units[line];
    return lineUnits == null ? List.of() : lineUnits.toUnitRuns();
  }

  /** Adds a free gift and returns its slot. */
  public int addGift(CartLine gift) {
    gifts.add(gift);
    return lines + gifts.size();
  }

  /** Returns whether a gift with a price keeps the subtotal within the maximum of a cart. */
  public boolean canAddGift(long cost) {
    return cost <= Cart.MAX_SUBTOTAL - subtotal();
  }

  /** Returns the price of all lines and gifts before discounts. */
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

  /** Adds an entry, if the amount is above zero. */
  public void addEntry(
      int slot, Rule rule, @Nullable String label, @Nullable Code code, long amount) {
    if (amount > 0) {
      entries.add(new Entry(slot, rule, label == null ? rule.label() : label, code, amount));
    }
  }

  /** Returns an amount in the currency of the cart. */
  public Money money(long minorUnits) {
    return new Money(minorUnits, currency());
  }

  private long[] bases(LineUnits lineUnits) {
    long[] bases = new long[lineUnits.runs()];
    for (int run = 0; run < bases.length; run++) {
      bases[run] = base(lineUnits, run);
    }
    return bases;
  }
}
