package kassa.domain.pricing.engine.ledger;

import kassa.domain.pricing.UnitRun;

/** Units of one line that were set apart from its others. */
public final class SplitUnits {

  private final LineUnits units;
  private final int[] runIndexes;
  private final long[] takenUnits;

  /**
   * @param units the units of the line in the runs that they are in now
   * @param places the runs that hold those set apart
   * @param taken how many units of each of these runs they are: all, unless there are too many runs
   */
  SplitUnits(LineUnits units, int[] places, long[] taken) {
    this.units = units;
    this.runIndexes = places;
    this.takenUnits = taken;
  }

  /** All units of a line. */
  public static SplitUnits all(LineUnits units) {
    int[] places = new int[units.runs()];
    long[] taken = new long[units.runs()];
    for (int run = 0; run < places.length; run++) {
      places[run] = run;
      taken[run] = units.units(run);
    }
    return new SplitUnits(units, places, taken);
  }

  public LineUnits units() {
    return units;
  }

  public int[] runIndexes() {
    return runIndexes;
  }

  /** What those set apart have of an amount that belongs to a whole run. */
  public long part(int i, long ofRun) {
    return UnitRun.shareOfFirst(ofRun, units.units(runIndexes[i]), takenUnits[i]);
  }

  /** How many they are, times 1,000. */
  public long thousandths(int i) {
    return takenUnits[i] == units.units(runIndexes[i])
        ? units.thousandths(runIndexes[i])
        : takenUnits[i] * 1_000;
  }
}
