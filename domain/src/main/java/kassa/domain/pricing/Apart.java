package kassa.domain.pricing;

/** Units of one line that were set apart from its others. */
final class Apart {

  private final Units units;
  private final int[] places;
  private final long[] taken;

  /**
   * @param units the units of the line in the runs that they are in now
   * @param places the runs that hold those set apart
   * @param taken how many units of each of these runs they are: all, unless there are too many runs
   */
  Apart(Units units, int[] places, long[] taken) {
    this.units = units;
    this.places = places;
    this.taken = taken;
  }

  /** All units of a line. */
  static Apart all(Units units) {
    int[] places = new int[units.runs()];
    long[] taken = new long[units.runs()];
    for (int run = 0; run < places.length; run++) {
      places[run] = run;
      taken[run] = units.units(run);
    }
    return new Apart(units, places, taken);
  }

  Units units() {
    return units;
  }

  int[] places() {
    return places;
  }

  /** What those set apart have of an amount that belongs to a whole run. */
  long part(int i, long ofRun) {
    return UnitRun.ofFirst(ofRun, units.units(places[i]), taken[i]);
  }

  /** How many they are, times 1,000. */
  long thousandths(int i) {
    return taken[i] == units.units(places[i]) ? units.thousandths(places[i]) : taken[i] * 1_000;
  }
}
