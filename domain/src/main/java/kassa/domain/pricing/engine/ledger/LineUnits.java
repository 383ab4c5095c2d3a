package kassa.domain.pricing.engine.ledger;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.money.Allocation;
import kassa.domain.pricing.UnitRun;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;

/**
 * The units of one line while a cart is being priced, as soon as a rule has treated some of them
 * differently: runs of neighbouring units that are priced alike. Which units make a run never
 * changes, but what has come off it does. One thread only.
 */
public final class LineUnits {

  private static final long UNIT = 1_000;

  private final long[] thousandths;
  private final long[] gross;
  private final long[] discount;

  /** What had come off when the present rule began. */
  private final long[] discountAtRuleStart;

  /** Whether a rule that takes only some units has taken them. */
  private final boolean[] isPicked;

  /** Whether they were bought or given in a set. */
  private final boolean[] isInSet;

  private LineUnits(
      long[] thousandths,
      long[] gross,
      long[] discount,
      long[] atStart,
      boolean[] picked,
      boolean[] paired) {
    this.thousandths = thousandths;
    this.gross = gross;
    this.discount = discount;
    this.discountAtRuleStart = atStart;
    this.isPicked = picked;
    this.isInSet = paired;
  }

  /** So many runs, to be filled by {@link #copyRange}. */
  LineUnits(int runs) {
    this(
        new long[runs],
        new long[runs],
        new long[runs],
        new long[runs],
        new boolean[runs],
        new boolean[runs]);
  }

  /** Units of which no rule has treated one differently. */
  static LineUnits uniform(long thousandths, long gross, long discount, long atStart) {
    List<UnitRun> runs = UnitRun.uniform(thousandths, gross, discount);
    List<UnitRun> before = UnitRun.uniform(thousandths, gross, atStart);
    LineUnits units = new LineUnits(runs.size());
    for (int i = 0; i < runs.size(); i++) {
      units.thousandths[i] = runs.get(i).thousandths();
      units.gross[i] = runs.get(i).gross();
      units.discount[i] = runs.get(i).discount();
      units.discountAtRuleStart[i] = before.get(i).discount();
    }
    return units;
  }

  LineUnits copy() {
    return new LineUnits(
        thousandths, gross, discount.clone(), discountAtRuleStart.clone(), isPicked, isInSet);
  }

  public int runs() {
    return thousandths.length;
  }

  /** The units of a run: a part of one counts as one. */
  public long units(int run) {
    return Math.max(1, thousandths[run] / UNIT);
  }

  long thousandths(int run) {
    return thousandths[run];
  }

  long gross(int run) {
    return gross[run];
  }

  long discount(int run) {
    return discount[run];
  }

  long discountAtRuleStart(int run) {
    return discountAtRuleStart[run];
  }

  public long remaining(int run) {
    return gross[run] - discount[run];
  }

  public boolean isPicked(int run) {
    return isPicked[run];
  }

  public boolean isInSet(int run) {
    return isInSet[run];
  }

  /** Whether a run is the part of a unit that a line sold by weight ends with. */
  public boolean isPartialUnit(int run) {
    return thousandths[run] % UNIT != 0;
  }

  List<UnitRun> toUnitRuns() {
    List<UnitRun> priced = new ArrayList<>(runs());
    for (int run = 0; run < runs(); run++) {
      priced.add(new UnitRun(thousandths[run], gross[run], discount[run]));
    }
    return priced;
  }

  /** A rule begins. */
  void startRule() {
    System.arraycopy(discount, 0, discountAtRuleStart, 0, discount.length);
  }

  /** Becomes, in one run, the units of another run from unit to unit. */
  void copyRange(int run, LineUnits other, int theirs, long from, long to, Mark mark) {
    long units = other.units(theirs);
    thousandths[run] = units == to - from ? other.thousandths[theirs] : (to - from) * UNIT;
    gross[run] = part(other.gross[theirs], units, from, to);
    discount[run] = part(other.discount[theirs], units, from, to);
    discountAtRuleStart[run] = part(other.discountAtRuleStart[theirs], units, from, to);
    isPicked[run] = other.isPicked[theirs] || mark == Mark.PICKED;
    isInSet[run] = other.isInSet[theirs] || mark == Mark.IN_SET || mark == Mark.BOUGHT_OR_IN_SET;
  }

  private static long part(long amount, long units, long from, long to) {
    return UnitRun.shareOfFirst(amount, units, to) - UnitRun.shareOfFirst(amount, units, from);
  }

  /** Takes an amount off all units, by weights; off none more than it still costs. */
  void applyDiscount(long amount, long[] weights) {
    long[] max = new long[runs()];
    for (int run = 0; run < max.length; run++) {
      max[run] = remaining(run);
    }
    long[] shares = Allocation.allocateWithin(amount, weights, max);
    for (int run = 0; run < shares.length; run++) {
      discount[run] += shares[run];
    }
  }

  /**
   * Takes as much of an amount off some runs as may be, by weights: off none more than it still
   * costs. Says how much that was.
   */
  long applyDiscount(long amount, int[] places, long[] weights) {
    long[] max = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      max[i] = remaining(places[i]);
    }
    long[] shares = Allocation.allocateWithin(amount, weights, max);
    long given = 0;
    for (int i = 0; i < places.length; i++) {
      discount[places[i]] += shares[i];
      given += shares[i];
    }
    return given;
  }
}
