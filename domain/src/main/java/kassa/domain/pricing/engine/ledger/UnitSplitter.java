package kassa.domain.pricing.engine.ledger;

import java.util.Arrays;
import java.util.List;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;

/**
 * Splits selected units of a line from the others, within a maximum number of runs. If the exact
 * split has more runs, the taken units of a run are moved together after the skipped ones. If this
 * has too many runs as well, no run is split, and discounts are spread over all units of a run.
 */
final class UnitSplitter {

  private final LineUnits before;
  private final Mark mark;

  UnitSplitter(LineUnits before, Mark mark) {
    this.before = before;
    this.mark = mark;
  }

  /**
   * Splits units.
   *
   * @param ranges the ranges of units, in the order of the runs
   * @param maxRuns the maximum number of runs
   */
  SplitUnits split(List<UnitRange> ranges, long maxRuns) {
    long runs = countRuns(ranges);
    if (runs <= maxRuns) {
      return splitRuns(ranges, (int) runs);
    }
    List<UnitRange> merged = UnitRange.mergeByRun(ranges);
    runs = countRuns(merged);
    return runs <= maxRuns ? splitRuns(merged, (int) runs) : withoutSplitting(merged);
  }

  /** Returns the number of runs after the split. */
  private long countRuns(List<UnitRange> ranges) {
    long runs = before.runs();
    for (int i = 0; i < ranges.size(); ) {
      int run = ranges.get(i).run();
      long left = before.units(run);
      for (; i < ranges.size() && ranges.get(i).run() == run; i++) {
        runs += ranges.get(i).runs();
        left -= ranges.get(i).totalSkipped() + ranges.get(i).totalTaken();
      }
      runs -= left > 0 ? 0 : 1;
    }
    return runs;
  }

  private SplitUnits splitRuns(List<UnitRange> ranges, int runs) {
    LineUnits split = new LineUnits(runs);
    int[] takenRuns = new int[runs];
    int takenCount = 0;
    int run = 0;
    int next = 0;
    for (int oldRun = 0; oldRun < before.runs(); oldRun++) {
      long from = 0;
      for (; next < ranges.size() && ranges.get(next).run() == oldRun; next++) {
        UnitRange range = ranges.get(next);
        for (long time = 0; time < range.times(); time++) {
          if (range.skipped() > 0) {
            split.copyRange(run++, before, oldRun, from, from + range.skipped(), markOfSkipped());
            from += range.skipped();
          }
          if (range.taken() > 0) {
            takenRuns[takenCount++] = run;
            split.copyRange(run++, before, oldRun, from, from + range.taken(), mark);
            from += range.taken();
          }
        }
      }
      if (from < before.units(oldRun)) {
        split.copyRange(run++, before, oldRun, from, before.units(oldRun), Mark.NONE);
      }
    }
    takenRuns = Arrays.copyOf(takenRuns, takenCount);
    return new SplitUnits(
        split, takenRuns, Arrays.stream(takenRuns).mapToLong(split::units).toArray());
  }

  /** Returns the mark of skipped units. */
  private Mark markOfSkipped() {
    return mark == Mark.BOUGHT_OR_IN_SET ? mark : Mark.NONE;
  }

  private SplitUnits withoutSplitting(List<UnitRange> merged) {
    LineUnits same = new LineUnits(before.runs());
    int next = 0;
    for (int run = 0; run < before.runs(); run++) {
      boolean isSelected = next < merged.size() && merged.get(next).run() == run;
      same.copyRange(run, before, run, 0, before.units(run), isSelected ? mark : Mark.NONE);
      next += isSelected ? 1 : 0;
    }
    List<UnitRange> taken = merged.stream().filter(range -> range.taken() > 0).toList();
    return new SplitUnits(
        same,
        taken.stream().mapToInt(UnitRange::run).toArray(),
        taken.stream().mapToLong(UnitRange::taken).toArray());
  }
}
