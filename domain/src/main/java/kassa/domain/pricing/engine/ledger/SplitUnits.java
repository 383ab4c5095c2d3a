package kassa.domain.pricing.engine.ledger;

import kassa.domain.pricing.UnitRun;

/** Units of one line that are split from its other units. */
public final class SplitUnits {

  private final LineUnits units;
  private final int[] runIndexes;
  private final long[] takenUnits;

  /**
   * Creates split units.
   *
   * @param units all units of the line, in their new runs
   * @param runIndexes the runs that contain the split units
   * @param takenUnits the number of split units of each of these runs: all units of the run, unless
   *     there are too many runs
   */
  SplitUnits(LineUnits units, int[] runIndexes, long[] takenUnits) {
    this.units = units;
    this.runIndexes = runIndexes;
    this.takenUnits = takenUnits;
  }

  /** Returns all units of a line as split units. */
  public static SplitUnits all(LineUnits units) {
    int[] runIndexes = new int[units.runs()];
    long[] takenUnits = new long[units.runs()];
    for (int run = 0; run < runIndexes.length; run++) {
      runIndexes[run] = run;
      takenUnits[run] = units.units(run);
    }
    return new SplitUnits(units, runIndexes, takenUnits);
  }

  /** Returns all units of the line. */
  public LineUnits units() {
    return units;
  }

  /** Returns the runs that contain the split units. */
  public int[] runIndexes() {
    return runIndexes;
  }

  /** Returns the share of the split units of an amount of a whole run. */
  public long part(int i, long ofRun) {
    return UnitRun.shareOfFirst(ofRun, units.units(runIndexes[i]), takenUnits[i]);
  }

  /** Returns the quantity of the split units of a run, in thousandths. */
  public long thousandths(int i) {
    return takenUnits[i] == units.units(runIndexes[i])
        ? units.thousandths(runIndexes[i])
        : takenUnits[i] * 1_000;
  }
}
