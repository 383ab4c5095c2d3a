package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import kassa.domain.money.Allocation;
import kassa.domain.money.Money;
import kassa.domain.pricing.Stretch.Mark;
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
final class Ledger {

  /**
   * Something that came off.
   *
   * @param slot off which line, off shipping, or off which gift
   */
  record Entry(int slot, Rule rule, String label, @Nullable Code code, long amount) {}

  /**
   * The most runs that the units of all lines together are told apart in, each line having the same
   * part of them. It bounds what a rule costs, and how long a text the units of a line are kept as.
   */
  static final int MOST_RUNS = 10_000;

  private final Cart cart;
  private final Policy policy;
  private final int lines;
  private final long[] gross;
  private final long[] taken;
  private final long[] atStart;
  private final long[] floor;
  private final @Nullable Units[] units;

  /** The lines whose units the present rule has set apart, and their units before that. */
  private final BitSet setApart;

  private final @Nullable Units[] whole;

  /** The slots that may be other than when the present rule began. */
  private final BitSet touched;

  private final long[] itemsLeft;
  private final List<Entry> entries;
  private final List<CartLine> gifts;

  Ledger(Cart cart, Policy policy) {
    this.cart = cart;
    this.policy = policy;
    lines = cart.lines().size();
    gross = new long[lines + 1];
    taken = new long[lines + 1];
    atStart = new long[lines + 1];
    floor = new long[lines + 1];
    units = new Units[lines];
    setApart = new BitSet();
    whole = new Units[lines];
    touched = new BitSet();
    itemsLeft = new long[1];
    entries = new ArrayList<>();
    gifts = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      CartLine bought = cart.lines().get(line);
      gross[line] = bought.subtotal().minorUnits();
      floor[line] = Math.min(bought.floor().minorUnits(), gross[line]);
      itemsLeft[0] += gross[line];
    }
    Shipping shipping = cart.shipping();
    gross[lines] = shipping == null ? 0 : shipping.amount().minorUnits();
  }

  private Ledger(Ledger other) {
    cart = other.cart;
    policy = other.policy;
    lines = other.lines;
    gross = other.gross;
    taken = other.taken.clone();
    atStart = other.atStart.clone();
    floor = other.floor;
    units = new Units[lines];
    setApart = new BitSet();
    whole = new Units[lines];
    touched = (BitSet) other.touched.clone();
    itemsLeft = other.itemsLeft.clone();
    entries = new ArrayList<>(other.entries);
    gifts = new ArrayList<>(other.gifts);
    for (int line = 0; line < lines; line++) {
      Units theirs = other.units[line];
      units[line] = theirs == null ? null : theirs.copy();
    }
  }

  Ledger copy() {
    return new Ledger(this);
  }

  /** Becomes what the other was; the other is not to be used any more. */
  void become(Ledger other) {
    for (int slot = 0; slot <= lines; slot++) {
      become(other, slot);
    }
    entries.clear();
    entries.addAll(other.entries);
    gifts.clear();
    gifts.addAll(other.gifts);
  }

  /** Becomes what the other was in one slot, but for its entries. */
  void become(Ledger other, int slot) {
    touched.set(slot);
    itemsLeft[0] += slot < lines ? taken[slot] - other.taken[slot] : 0;
    taken[slot] = other.taken[slot];
    atStart[slot] = other.atStart[slot];
    if (slot < lines) {
      Units theirs = other.units[slot];
      units[slot] = theirs == null ? null : theirs.copy();
    }
  }

  Currency currency() {
    return cart.currency();
  }

  Policy policy() {
    return policy;
  }

  CartLine line(int line) {
    return cart.lines().get(line);
  }

  /** The slot of shipping, which comes behind the lines. */
  int shipping() {
    return lines;
  }

  boolean hasShipping() {
    return cart.shipping() != null;
  }

  /** The place in the priced cart of a line or of a gift. */
  int lineOf(int slot) {
    return slot < lines ? slot : slot - 1;
  }

  /** What all lines still cost. */
  long itemsLeft() {
    return itemsLeft[0];
  }

  long left(int slot) {
    return gross[slot] - taken[slot];
  }

  /** What came off everything, gifts included. */
  long takenFromAll() {
    long sum = 0;
    for (Entry entry : entries) {
      sum += entry.amount();
    }
    return sum;
  }

  List<Entry> entries() {
    return entries;
  }

  List<CartLine> gifts() {
    return gifts;
  }

  /** A rule begins. */
  void begin() {
    for (int slot = touched.nextSetBit(0); slot >= 0; slot = touched.nextSetBit(slot + 1)) {
      atStart[slot] = taken[slot];
      Units some = slot < lines ? units[slot] : null;
      if (some != null) {
        some.begin();
      }
    }
    touched.clear();
    setApart.clear();
  }

  /** The present rule took nothing off, so it leaves no trace on any unit either. */
  void undo() {
    for (int line = setApart.nextSetBit(0); line >= 0; line = setApart.nextSetBit(line + 1)) {
      units[line] = whole[line];
    }
  }

  /** What the effects of the present rule take their shares from. */
  long base(int slot) {
    return base(gross[slot], taken[slot], atStart[slot]);
  }

  /** What the effects of the present rule take their shares from, of some units. */
  long base(Units some, int run) {
    return base(some.gross(run), some.discount(run), some.atStart(run));
  }

  private long base(long whole, long now, long before) {
    long start = policy.stackBase() == StackBase.ORIGINAL ? whole : whole - before;
    return policy.effectBase() == EffectBase.REMAINING ? start - (now - before) : start;
  }

  /** What may still be taken off a slot. */
  long most(int slot) {
    return gross[slot] - taken[slot] - (slot < lines ? floor[slot] : 0);
  }

  /** Takes as much of an amount off all units of a slot as may be; says how much that was. */
  long takeOff(int slot, long wanted) {
    long given = Math.min(wanted, most(slot));
    if (given <= 0) {
      return 0;
    }
    if (slot < lines) {
      Units some = units[slot];
      if (some != null) {
        some.takeOff(given, bases(some));
      }
      itemsLeft[0] -= given;
    }
    touched.set(slot);
    taken[slot] += given;
    return given;
  }

  /** Takes as much of an amount off some units of a line as may be; says how much that was. */
  long takeOff(int line, int[] places, long[] weights, long wanted) {
    touched.set(line);
    long given = units(line).takeOff(Math.min(wanted, most(line)), places, weights);
    itemsLeft[0] -= given;
    taken[line] += given;
    return given;
  }

  /** Takes as much of an amount off some slots as may be, by weights; says how much off each. */
  long[] allocate(int[] slots, long[] weights, long wanted) {
    long[] most = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      most[i] = most(slots[i]);
    }
    long[] shares = Allocation.allocateWithin(wanted, weights, most);
    for (int i = 0; i < slots.length; i++) {
      takeOff(slots[i], shares[i]);
    }
    return shares;
  }

  /** Tells some units of a line apart; says which of its runs they are from now on. */
  Apart setApart(int line, List<Stretch> stretches, Mark mark) {
    touched.set(line);
    if (!setApart.get(line)) {
      setApart.set(line);
      whole[line] = units[line];
    }
    Apart apart = new SettingApart(units(line), mark).of(stretches, MOST_RUNS / lines);
    units[line] = apart.units();
    return apart;
  }

  /** Whether no rule has treated one unit of a line differently. */
  boolean areAlike(int line) {
    return units[line] == null;
  }

  /** The units of a line; those that are all alike only to be looked at. */
  Units units(int line) {
    Units some = units[line];
    return some == null ? alike(line) : some;
  }

  private Units alike(int line) {
    long thousandths = line(line).quantity().thousandths();
    return Units.alike(thousandths, gross[line], taken[line], atStart[line]);
  }

  /** The units of a line, if they are not all alike. */
  List<UnitRun> unitRuns(int line) {
    Units some = units[line];
    return some == null ? List.of() : some.priced();
  }

  /** Adds a gift; says what its slot is. */
  int addGift(CartLine gift) {
    gifts.add(gift);
    return lines + gifts.size();
  }

  /** Whether a gift that costs so much before it is given still makes a cart. */
  boolean hasRoomFor(long cost) {
    return cost <= Cart.GREATEST_SUBTOTAL - subtotal();
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

  void enter(int slot, Rule rule, @Nullable String label, @Nullable Code code, long amount) {
    if (amount > 0) {
      entries.add(new Entry(slot, rule, label == null ? rule.label() : label, code, amount));
    }
  }

  Money money(long minorUnits) {
    return new Money(minorUnits, currency());
  }

  private long[] bases(Units some) {
    long[] bases = new long[some.runs()];
    for (int run = 0; run < bases.length; run++) {
      bases[run] = base(some, run);
    }
    return bases;
  }
}
