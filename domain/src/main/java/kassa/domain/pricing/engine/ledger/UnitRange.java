package kassa.domain.pricing.engine.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Range of consecutive units of one run from which an effect takes some: it skips some units, takes
 * some, and repeats this. The first range of a run starts with its first unit, each other range
 * directly after the one before.
 *
 * @param run the index of the run in its line
 * @param skipped the number of skipped units of each repetition
 * @param taken the number of taken units of each repetition
 * @param times the number of repetitions, 1 or more
 */
public record UnitRange(int run, long skipped, long taken, long times) {

  /** Mark of the taken and the skipped units. */
  public enum Mark {
    /** None: another rule may select the units too. */
    NONE,
    /** The taken units are selected; rules that spread over units do not select them again. */
    PICKED,
    /** The taken units are part of a set. */
    IN_SET,
    /** Both the taken and the skipped units are part of a set; the skipped units were bought. */
    BOUGHT_OR_IN_SET
  }

  /** Merges the ranges of each run into one. */
  static List<UnitRange> mergeByRun(List<UnitRange> ranges) {
    List<UnitRange> merged = new ArrayList<>();
    for (UnitRange range : ranges) {
      UnitRange last = merged.isEmpty() ? null : merged.getLast();
      if (last == null || last.run != range.run) {
        merged.add(range.mergeRepeats());
      } else {
        merged.set(merged.size() - 1, last.plus(range.totalSkipped(), range.totalTaken()));
      }
    }
    return merged;
  }

  /** Returns a range without repetitions, with all taken units after the skipped ones. */
  private UnitRange mergeRepeats() {
    return new UnitRange(run, totalSkipped(), totalTaken(), 1);
  }

  /** Returns the range with more skipped and taken units, if it has one repetition. */
  public UnitRange plus(long moreSkipped, long moreTaken) {
    return new UnitRange(run, skipped + moreSkipped, taken + moreTaken, times);
  }

  long totalSkipped() {
    return skipped * times;
  }

  long totalTaken() {
    return taken * times;
  }

  /** Returns the number of runs after the split. */
  long runs() {
    return ((skipped > 0 ? 1 : 0) + (taken > 0 ? 1 : 0)) * times;
  }
}
