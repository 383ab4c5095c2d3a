package kassa.domain.pricing.engine.ledger;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.money.Allocation;
import kassa.domain.pricing.UnitRun;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;

/**
 * Units of one line with different prices during a pricing run: runs of consecutive units with the
 * same price. The runs never change, but their discounts do. Mutable; one thread only.
 */
public final class LineUnits {

  private static final long UNIT = 1_000;

  private final long[] thousandths;
  private final long[] gross;
  private final long[] discount;

  /** The discount at the start of the current rule. */
  private final long[] discountAtRuleStart;

  /** Whether a rule has selected the units of the run. */
  private final boolean[] isPicked;

  /** Whether the units of the run are part of a set. */
  private final boolean[] isInSet;

  private LineUnits(
      long[] thousandths,
      long[] gross,
      long[] discount,
      long[] discountAtRuleStart,
      boolean[] isPicked,
      boolean[] isInSet) {
    this.thousandths = thousandths;
    this.gross = gross;
    this.discount = discount;
    this.discountAtRuleStart = discountAtRuleStart;
    this.isPicked = isPicked;
    this.isInSet = isInSet;
  }

  /** Creates empty runs, to be filled by {@link #copyRange}. */
  LineUnits(int runs) {
    this(
        new long[runs],
        new long[runs],
        new long[runs],
        new long[runs],
        new boolean[runs],
        new boolean[runs]);
  }

  /** Returns the units of a line that all have the same price. */
  static LineUnits uniform(long thousandths, long gross, long discount, long discountAtRuleStart) {
    List<UnitRun> runs = UnitRun.uniform(thousandths, gross, discount);
    List<UnitRun> before = UnitRun.uniform(thousandths, gross, discountAtRuleStart);
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

  /** Returns the number of runs. */
  public int runs() {
    return thousandths.length;
  }

  /** Returns the number of units of a run; a fractional unit counts as one. */
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

  /** Returns the remaining amount of a run. */
  public long remaining(int run) {
    return gross[run] - discount[run];
  }

  /** Returns whether a rule has selected the units of a run. */
  public boolean isPicked(int run) {
    return isPicked[run];
  }

  /** Returns whether the units of a run are part of a set. */
  public boolean isInSet(int run) {
    return isInSet[run];
  }

  /** Returns whether a run is the fractional unit at the end of a line sold by weight. */
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

  /** Starts a rule: the current discounts become its base. */
  void startRule() {
    System.arraycopy(discount, 0, discountAtRuleStart, 0, discount.length);
  }

  /**
   * Fills a run with the units {@code from}, inclusive, to {@code to}, exclusive, of another run.
   */
  void copyRange(int run, LineUnits other, int otherRun, long from, long to, Mark mark) {
    long units = other.units(otherRun);
    thousandths[run] = units == to - from ? other.thousandths[otherRun] : (to - from) * UNIT;
    gross[run] = part(other.gross[otherRun], units, from, to);
    discount[run] = part(other.discount[otherRun], units, from, to);
    discountAtRuleStart[run] = part(other.discountAtRuleStart[otherRun], units, from, to);
    isPicked[run] = other.isPicked[otherRun] || mark == Mark.PICKED;
    isInSet[run] = other.isInSet[otherRun] || mark == Mark.IN_SET || mark == Mark.BOUGHT_OR_IN_SET;
  }

  private static long part(long amount, long units, long from, long to) {
    return UnitRun.shareOfFirst(amount, units, to) - UnitRun.shareOfFirst(amount, units, from);
  }

  /** Allocates a discount over all runs by weights, at most the remaining amount of each. */
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
   * Allocates a discount over some runs by weights, at most the remaining amount of each. Returns
   * the applied amount.
   */
  long applyDiscount(long amount, int[] selectedRuns, long[] weights) {
    long[] max = new long[selectedRuns.length];
    for (int i = 0; i < selectedRuns.length; i++) {
      max[i] = remaining(selectedRuns[i]);
    }
    long[] shares = Allocation.allocateWithin(amount, weights, max);
    long applied = 0;
    for (int i = 0; i < selectedRuns.length; i++) {
      discount[selectedRuns[i]] += shares[i];
      applied += shares[i];
    }
    return applied;
  }
}
