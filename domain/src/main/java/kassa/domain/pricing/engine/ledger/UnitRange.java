package kassa.domain.pricing.engine.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring units of one run, of which an effect takes some: it passes some by, takes some, and
 * does so over and over. The first stretch of a run begins with its first unit, each other one
 * behind the one before.
 *
 * @param run the run's place in its line
 * @param skipped how many are passed by each time
 * @param taken how many are taken each time
 * @param times how often, 1 or more
 */
public record UnitRange(int run, long skipped, long taken, long times) {

  /** What is done with those that are taken, and those that are passed by. */
  public enum Mark {
    /** Nothing: another rule may take them too. */
    NONE,
    /** Those taken were picked. */
    PICKED,
    /** Those taken are part of a set. */
    IN_SET,
    /** Those taken are part of a set, and so are those passed by: they were bought for it. */
    BOUGHT_OR_IN_SET
  }

  /** What a run has in common with its units: all stretches of a run as one. */
  static List<UnitRange> mergeByRun(List<UnitRange> inOrder) {
    List<UnitRange> together = new ArrayList<>();
    for (UnitRange stretch : inOrder) {
      UnitRange last = together.isEmpty() ? null : together.getLast();
      if (last == null || last.run != stretch.run) {
        together.add(stretch.mergeRepeats());
      } else {
        together.set(together.size() - 1, last.plus(stretch.totalSkipped(), stretch.totalTaken()));
      }
    }
    return together;
  }

  /** The same units, those taken behind those passed by. */
  private UnitRange mergeRepeats() {
    return new UnitRange(run, totalSkipped(), totalTaken(), 1);
  }

  /** One that passes and takes so many more, if it happens once. */
  public UnitRange plus(long morePassed, long moreTaken) {
    return new UnitRange(run, skipped + morePassed, taken + moreTaken, times);
  }

  long totalSkipped() {
    return skipped * times;
  }

  long totalTaken() {
    return taken * times;
  }

  /** How many runs it makes. */
  long runs() {
    return ((skipped > 0 ? 1 : 0) + (taken > 0 ? 1 : 0)) * times;
  }
}
