package kassa.domain.pricing.engine.ledger;

import java.util.Arrays;
import java.util.List;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;

/**
 * Tells some units of a line apart from the others, in at most so many runs. If there would be more
 * with each unit at its place, those taken of a run stand together, behind those passed by. If even
 * that makes too many, no run is split: what comes off some of its units is spread over them all.
 */
final class UnitSplitter {

  private final LineUnits before;
  private final Mark mark;

  UnitSplitter(LineUnits before, Mark mark) {
    this.before = before;
    this.mark = mark;
  }

  /**
   * Sets units apart.
   *
   * @param ranges in the order of the runs
   */
  SplitUnits split(List<UnitRange> ranges, long maxRuns) {
    long runs = countRuns(ranges);
    if (runs <= maxRuns) {
      return splitRuns(ranges, (int) runs);
    }
    List<UnitRange> together = UnitRange.mergeByRun(ranges);
    runs = countRuns(together);
    return runs <= maxRuns ? splitRuns(together, (int) runs) : withoutSplitting(together);
  }

  /** How many runs there will be. */
  private long countRuns(List<UnitRange> stretches) {
    long runs = before.runs();
    for (int i = 0; i < stretches.size(); ) {
      int run = stretches.get(i).run();
      long left = before.units(run);
      for (; i < stretches.size() && stretches.get(i).run() == run; i++) {
        runs += stretches.get(i).runs();
        left -= stretches.get(i).totalSkipped() + stretches.get(i).totalTaken();
      }
      runs -= left > 0 ? 0 : 1;
    }
    return runs;
  }

  private SplitUnits splitRuns(List<UnitRange> stretches, int runs) {
    LineUnits finer = new LineUnits(runs);
    int[] places = new int[runs];
    int placed = 0;
    int run = 0;
    int next = 0;
    for (int theirs = 0; theirs < before.runs(); theirs++) {
      long from = 0;
      for (; next < stretches.size() && stretches.get(next).run() == theirs; next++) {
        UnitRange stretch = stretches.get(next);
        for (long time = 0; time < stretch.times(); time++) {
          if (stretch.skipped() > 0) {
            finer.copyRange(run++, before, theirs, from, from + stretch.skipped(), markOfSkipped());
            from += stretch.skipped();
          }
          if (stretch.taken() > 0) {
            places[placed++] = run;
            finer.copyRange(run++, before, theirs, from, from + stretch.taken(), mark);
            from += stretch.taken();
          }
        }
      }
      if (from < before.units(theirs)) {
        finer.copyRange(run++, before, theirs, from, before.units(theirs), Mark.NONE);
      }
    }
    places = Arrays.copyOf(places, placed);
    return new SplitUnits(finer, places, Arrays.stream(places).mapToLong(finer::units).toArray());
  }

  /** What is done with those that are passed by. */
  private Mark markOfSkipped() {
    return mark == Mark.BOUGHT_OR_IN_SET ? mark : Mark.NONE;
  }

  private SplitUnits withoutSplitting(List<UnitRange> together) {
    LineUnits same = new LineUnits(before.runs());
    int next = 0;
    for (int run = 0; run < before.runs(); run++) {
      boolean some = next < together.size() && together.get(next).run() == run;
      same.copyRange(run, before, run, 0, before.units(run), some ? mark : Mark.NONE);
      next += some ? 1 : 0;
    }
    List<UnitRange> taking = together.stream().filter(some -> some.taken() > 0).toList();
    return new SplitUnits(
        same,
        taking.stream().mapToInt(UnitRange::run).toArray(),
        taking.stream().mapToLong(UnitRange::taken).toArray());
  }
}
