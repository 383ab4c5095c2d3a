package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kassa.domain.money.Allocation;

/**
 * The units of one line while a cart is being priced, as soon as a rule has treated some of them
 * differently. Mutable; one thread only.
 */
final class Units {

  /**
   * Units that are priced alike.
   *
   * @param priced how they are priced so far
   * @param atStart what had come off them when the present rule began
   * @param picked whether a rule that takes only some units has taken them
   * @param paired whether they were bought or given in a set
   */
  record Run(UnitRun priced, long atStart, boolean picked, boolean paired) {

    long units() {
      return priced.units();
    }

    /** Whether it is the part of a unit that a line sold by weight ends with. */
    boolean isPart() {
      return priced.thousandths() % 1_000 != 0;
    }

    long remaining() {
      return priced.gross() - priced.discount();
    }

    /** Units of this run, from unit to unit. */
    private Run slice(long from, long to) {
      if (from == 0 && to == units()) {
        return this;
      }
      long gross = priced.grossOfFirst(to) - priced.grossOfFirst(from);
      long discount = priced.discountOfFirst(to) - priced.discountOfFirst(from);
      long before = UnitRun.ofFirst(atStart, units(), to) - UnitRun.ofFirst(atStart, units(), from);
      return new Run(new UnitRun((to - from) * 1_000, gross, discount), before, picked, paired);
    }

    private Run begun() {
      return atStart == priced.discount()
          ? this
          : new Run(priced, priced.discount(), picked, paired);
    }

    private Run with(long discount) {
      UnitRun after = new UnitRun(priced.thousandths(), priced.gross(), discount);
      return new Run(after, atStart, picked, paired);
    }

    private Run marked(boolean nowPicked, boolean nowPaired) {
      return new Run(priced, atStart, picked || nowPicked, paired || nowPaired);
    }
  }

  private final List<Run> runs;

  /** The runs as they were before the present rule set any apart; empty if it has not. */
  private final List<Run> whole;

  private Units(List<Run> runs) {
    this.runs = runs;
    this.whole = new ArrayList<>();
  }

  /** Units of which no rule has treated one differently. */
  static Units alike(long thousandths, long gross, long discount, long atStart) {
    List<Run> runs = new ArrayList<>();
    List<UnitRun> before = UnitRun.uniform(thousandths, gross, atStart);
    for (UnitRun priced : UnitRun.uniform(thousandths, gross, discount)) {
      runs.add(new Run(priced, before.get(runs.size()).discount(), false, false));
    }
    return new Units(runs);
  }

  Units copy() {
    return new Units(new ArrayList<>(runs));
  }

  List<Run> runs() {
    return runs;
  }

  List<UnitRun> priced() {
    return runs.stream().map(Run::priced).toList();
  }

  /** A rule begins. */
  void begin() {
    whole.clear();
    runs.replaceAll(Run::begun);
  }

  /** The present rule has set units apart in vain: nothing came off. */
  void undo() {
    if (!whole.isEmpty()) {
      runs.clear();
      runs.addAll(whole);
    }
  }

  /**
   * Sets some units of each run apart.
   *
   * @param skipped how many units of each run stand before them, in the order of the runs
   * @param taken how many are set apart
   * @param pick whether those set apart count as picked from now on
   * @param pair whether those skipped and those set apart count as paired from now on
   * @return the places of the runs that hold the units that were set apart
   */
  int[] setApart(long[] skipped, long[] taken, boolean pick, boolean pair) {
    List<Run> before = List.copyOf(runs);
    if (whole.isEmpty()) {
      whole.addAll(before);
    }
    runs.clear();
    int[] apart = new int[before.size()];
    int count = 0;
    for (int i = 0; i < before.size(); i++) {
      Run run = before.get(i);
      long end = skipped[i] + taken[i];
      if (skipped[i] > 0) {
        runs.add(run.slice(0, skipped[i]).marked(false, pair));
      }
      if (taken[i] > 0) {
        apart[count++] = runs.size();
        runs.add(run.slice(skipped[i], end).marked(pick, pair));
      }
      if (end < run.units()) {
        runs.add(run.slice(end, run.units()));
      }
    }
    return Arrays.copyOf(apart, count);
  }

  /** Takes an amount off all units, by weights; off none more than it still costs. */
  long takeOff(long amount, long[] weights) {
    int[] all = new int[runs.size()];
    Arrays.setAll(all, place -> place);
    return takeOff(amount, all, weights);
  }

  /**
   * Takes as much of an amount off the units in these places as may be, by weights: off none more
   * than it still costs. Says how much that was.
   */
  long takeOff(long amount, int[] places, long[] weights) {
    long[] most = new long[places.length];
    Arrays.setAll(most, i -> runs.get(places[i]).remaining());
    long[] shares = Allocation.allocateWithin(amount, weights, most);
    long given = 0;
    for (int i = 0; i < places.length; i++) {
      Run run = runs.get(places[i]);
      runs.set(places[i], run.with(run.priced.discount() + shares[i]));
      given += shares[i];
    }
    return given;
  }
}
