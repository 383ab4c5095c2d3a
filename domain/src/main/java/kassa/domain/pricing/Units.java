package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.money.Allocation;
import kassa.domain.pricing.Stretch.Mark;

/**
 * The units of one line while a cart is being priced, as soon as a rule has treated some of them
 * differently: runs of neighbouring units that are priced alike. Which units make a run never
 * changes, but what has come off it does. One thread only.
 */
final class Units {

  private static final long UNIT = 1_000;

  private final long[] thousandths;
  private final long[] gross;
  private final long[] discount;

  /** What had come off when the present rule began. */
  private final long[] atStart;

  /** Whether a rule that takes only some units has taken them. */
  private final boolean[] picked;

  /** Whether they were bought or given in a set. */
  private final boolean[] paired;

  private Units(
      long[] thousandths,
      long[] gross,
      long[] discount,
      long[] atStart,
      boolean[] picked,
      boolean[] paired) {
    this.thousandths = thousandths;
    this.gross = gross;
    this.discount = discount;
    this.atStart = atStart;
    this.picked = picked;
    this.paired = paired;
  }

  /** So many runs, to be filled by {@link #slice}. */
  Units(int runs) {
    this(
        new long[runs],
        new long[runs],
        new long[runs],
        new long[runs],
        new boolean[runs],
        new boolean[runs]);
  }

  /** Units of which no rule has treated one differently. */
  static Units alike(long thousandths, long gross, long discount, long atStart) {
    List<UnitRun> runs = UnitRun.uniform(thousandths, gross, discount);
    List<UnitRun> before = UnitRun.uniform(thousandths, gross, atStart);
    Units units = new Units(runs.size());
    for (int i = 0; i < runs.size(); i++) {
      units.thousandths[i] = runs.get(i).thousandths();
      units.gross[i] = runs.get(i).gross();
      units.discount[i] = runs.get(i).discount();
      units.atStart[i] = before.get(i).discount();
    }
    return units;
  }

  Units copy() {
    return new Units(thousandths, gross, discount.clone(), atStart.clone(), picked, paired);
  }

  int runs() {
    return thousandths.length;
  }

  /** The units of a run: a part of one counts as one. */
  long units(int run) {
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

  long atStart(int run) {
    return atStart[run];
  }

  long remaining(int run) {
    return gross[run] - discount[run];
  }

  boolean isPicked(int run) {
    return picked[run];
  }

  boolean isPaired(int run) {
    return paired[run];
  }

  /** Whether a run is the part of a unit that a line sold by weight ends with. */
  boolean isPart(int run) {
    return thousandths[run] % UNIT != 0;
  }

  List<UnitRun> priced() {
    List<UnitRun> priced = new ArrayList<>(runs());
    for (int run = 0; run < runs(); run++) {
      priced.add(new UnitRun(thousandths[run], gross[run], discount[run]));
    }
    return priced;
  }

  /** A rule begins. */
  void begin() {
    System.arraycopy(discount, 0, atStart, 0, discount.length);
  }

  /** Becomes, in one run, the units of another run from unit to unit. */
  void slice(int run, Units other, int theirs, long from, long to, Mark mark) {
    long units = other.units(theirs);
    thousandths[run] = units == to - from ? other.thousandths[theirs] : (to - from) * UNIT;
    gross[run] = part(other.gross[theirs], units, from, to);
    discount[run] = part(other.discount[theirs], units, from, to);
    atStart[run] = part(other.atStart[theirs], units, from, to);
    picked[run] = other.picked[theirs] || mark == Mark.PICKED;
    paired[run] = other.paired[theirs] || mark == Mark.IN_SET || mark == Mark.BOUGHT_OR_IN_SET;
  }

  private static long part(long amount, long units, long from, long to) {
    return UnitRun.ofFirst(amount, units, to) - UnitRun.ofFirst(amount, units, from);
  }

  /** Takes an amount off all units, by weights; off none more than it still costs. */
  void takeOff(long amount, long[] weights) {
    long[] most = new long[runs()];
    for (int run = 0; run < most.length; run++) {
      most[run] = remaining(run);
    }
    long[] shares = Allocation.allocateWithin(amount, weights, most);
    for (int run = 0; run < shares.length; run++) {
      discount[run] += shares[run];
    }
  }

  /**
   * Takes as much of an amount off some runs as may be, by weights: off none more than it still
   * costs. Says how much that was.
   */
  long takeOff(long amount, int[] places, long[] weights) {
    long[] most = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      most[i] = remaining(places[i]);
    }
    long[] shares = Allocation.allocateWithin(amount, weights, most);
    long given = 0;
    for (int i = 0; i < places.length; i++) {
      discount[places[i]] += shares[i];
      given += shares[i];
    }
    return given;
  }
}
