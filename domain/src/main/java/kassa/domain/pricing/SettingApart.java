package kassa.domain.pricing;

import java.util.Arrays;
import java.util.List;
import kassa.domain.pricing.Stretch.Mark;

/**
 * Tells some units of a line apart from the others, in at most so many runs. If there would be more
 * with each unit at its place, those taken of a run stand together, behind those passed by. If even
 * that makes too many, no run is split: what comes off some of its units is spread over them all.
 */
final class SettingApart {

  private final Units before;
  private final Mark mark;

  SettingApart(Units before, Mark mark) {
    this.before = before;
    this.mark = mark;
  }

  /**
   * Sets units apart.
   *
   * @param stretches in the order of the runs
   */
  Apart of(List<Stretch> stretches, long mostRuns) {
    long runs = runs(stretches);
    if (runs <= mostRuns) {
      return split(stretches, (int) runs);
    }
    List<Stretch> together = Stretch.together(stretches);
    runs = runs(together);
    return runs <= mostRuns ? split(together, (int) runs) : unsplit(together);
  }

  /** How many runs there will be. */
  private long runs(List<Stretch> stretches) {
    long runs = before.runs();
    for (int i = 0; i < stretches.size(); ) {
      int run = stretches.get(i).run();
      long left = before.units(run);
      for (; i < stretches.size() && stretches.get(i).run() == run; i++) {
        runs += stretches.get(i).runs();
        left -= stretches.get(i).allPassed() + stretches.get(i).allTaken();
      }
      runs -= left > 0 ? 0 : 1;
    }
    return runs;
  }

  private Apart split(List<Stretch> stretches, int runs) {
    Units finer = new Units(runs);
    int[] places = new int[runs];
    int placed = 0;
    int run = 0;
    int next = 0;
    for (int theirs = 0; theirs < before.runs(); theirs++) {
      long from = 0;
      for (; next < stretches.size() && stretches.get(next).run() == theirs; next++) {
        Stretch stretch = stretches.get(next);
        for (long time = 0; time < stretch.times(); time++) {
          if (stretch.passed() > 0) {
            finer.slice(run++, before, theirs, from, from + stretch.passed(), passed());
            from += stretch.passed();
          }
          if (stretch.taken() > 0) {
            places[placed++] = run;
            finer.slice(run++, before, theirs, from, from + stretch.taken(), mark);
            from += stretch.taken();
          }
        }
      }
      if (from < before.units(theirs)) {
        finer.slice(run++, before, theirs, from, before.units(theirs), Mark.NONE);
      }
    }
    places = Arrays.copyOf(places, placed);
    return new Apart(finer, places, Arrays.stream(places).mapToLong(finer::units).toArray());
  }

  /** What is done with those that are passed by. */
  private Mark passed() {
    return mark == Mark.BOUGHT_OR_IN_SET ? mark : Mark.NONE;
  }

  private Apart unsplit(List<Stretch> together) {
    Units same = new Units(before.runs());
    int next = 0;
    for (int run = 0; run < before.runs(); run++) {
      boolean some = next < together.size() && together.get(next).run() == run;
      same.slice(run, before, run, 0, before.units(run), some ? mark : Mark.NONE);
      next += some ? 1 : 0;
    }
    List<Stretch> taking = together.stream().filter(some -> some.taken() > 0).toList();
    return new Apart(
        same,
        taking.stream().mapToInt(Stretch::run).toArray(),
        taking.stream().mapToLong(Stretch::taken).toArray());
  }
}
