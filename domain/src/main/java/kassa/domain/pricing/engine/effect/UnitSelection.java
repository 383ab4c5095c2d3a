package kassa.domain.pricing.engine.effect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.pricing.engine.ledger.LineUnits;
import kassa.domain.pricing.engine.ledger.SplitUnits;
import kassa.domain.pricing.engine.ledger.UnitRange;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;
import kassa.domain.rule.Pick;
import kassa.domain.rule.Policy.UnitsConsumed;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;
import org.jspecify.annotations.Nullable;

/** Selects units of the target of an effect. */
public final class UnitSelection {

  /** Selected units of one line. One thread only; not changed after it is built. */
  static final class LineSelection {

    private final int line;
    private final Mark mark;
    private final List<UnitRange> ranges = new ArrayList<>();

    private LineSelection(int line, Mark mark) {
      this.line = line;
      this.mark = mark;
    }

    int line() {
      return line;
    }

    /** Splits the selected units from the other units of the line in a ledger. */
    SplitUnits splitIn(Ledger ledger) {
      ranges.sort(Comparator.comparingInt(UnitRange::run));
      return ledger.splitUnits(line, ranges, mark);
    }
  }

  /**
   * The units of one run.
   *
   * @param line the index of the line
   * @param position the index of the run in its line
   * @param units the number of units
   * @param base the total price of the units, in minor units
   */
  public record Slice(int line, int position, long units, long base) {

    /** By unit price, the cheapest first. */
    static final Comparator<Slice> BY_COST = Slice::compareCost;

    /** By position in the cart. */
    static final Comparator<Slice> BY_POSITION =
        Comparator.comparingInt(Slice::line).thenComparingInt(Slice::position);

    /** Compares unit prices exactly, without division. */
    private int compareCost(Slice other) {
      int high =
          Long.compare(Math.multiplyHigh(base, other.units), Math.multiplyHigh(other.base, units));
      return high != 0 ? high : Long.compareUnsigned(base * other.units, other.base * units);
    }
  }

  private final CartIndex index;
  private final Ledger ledger;

  /** Creates a selection of units of a cart with its ledger. */
  public UnitSelection(CartIndex index, Ledger ledger) {
    this.index = index;
    this.ledger = ledger;
  }

  /** Returns the units of a choice; a fractional unit counts as one. */
  List<LineSelection> chooseUnits(Target target, UnitChoice choice) {
    boolean spread = ledger.policy().unitsConsumed() == UnitsConsumed.SPREAD;
    Queue<Slice> candidates = queueFor(choice.pick());
    for (int line : index.linesOf(target)) {
      LineUnits units = ledger.units(line);
      for (int run = 0; run < units.runs(); run++) {
        if (!(spread && units.isPicked(run))) {
          candidates.add(new Slice(line, run, units.units(run), ledger.base(units, run)));
        }
      }
    }
    long left = choice.maxUnits() == null ? Long.MAX_VALUE : choice.maxUnits();
    long perLine = choice.maxUnitsPerLine() == null ? Long.MAX_VALUE : choice.maxUnitsPerLine();
    Map<Integer, Long> takenByLine = new LinkedHashMap<>();
    Builder selected = new Builder(spread ? Mark.PICKED : Mark.NONE);
    for (Slice slice = candidates.poll(); slice != null && left > 0; slice = candidates.poll()) {
      long before = takenByLine.getOrDefault(slice.line(), 0L);
      long taken = Math.min(slice.units(), Math.min(left, perLine - before));
      if (taken > 0) {
        selected.add(slice, 0, taken, 1);
        takenByLine.put(slice.line(), before + taken);
        left -= taken;
      }
    }
    return selected.build();
  }

  /** Returns the whole units in full groups, in the order of the lines. */
  List<LineSelection> fullGroups(Target target, long size) {
    List<Slice> slices = wholeUnits(index.linesOf(target), false);
    long units = slices.stream().mapToLong(Slice::units).sum();
    long left = units / size * size;
    Builder selected = new Builder(Mark.NONE);
    for (Slice slice : slices) {
      long taken = Math.min(slice.units(), left);
      if (taken > 0) {
        selected.add(slice, 0, taken, 1);
        left -= taken;
      }
    }
    return selected.build();
  }

  /** Returns every nth whole unit of each line. */
  List<LineSelection> everyNth(Target target, long n, @Nullable Long maxSets) {
    long left = maxSets == null ? Long.MAX_VALUE : maxSets;
    Builder selected = new Builder(Mark.NONE);
    for (int line : index.linesOf(target)) {
      long position = 0;
      for (Slice slice : wholeUnits(new int[] {line}, false)) {
        long end = position + slice.units();
        long taken = Math.min(left, end / n - position / n);
        if (taken > 0) {
          long skipped = position % n;
          if (n == 1) {
            selected.add(slice, 0, taken, 1);
          } else if (skipped == 0) {
            selected.add(slice, n - 1, 1, taken);
          } else {
            selected.add(slice, n - skipped - 1, 1, 1);
            if (taken > 1) {
              selected.add(slice, n - 1, 1, taken - 1);
            }
          }
          left -= taken;
        }
        position = end;
      }
    }
    return selected.build();
  }

  /**
   * Returns the whole units of lines, in order.
   *
   * @param lines the indexes of the lines
   * @param excludesSets whether units that are part of a set are excluded
   */
  public List<Slice> wholeUnits(int[] lines, boolean excludesSets) {
    List<Slice> slices = new ArrayList<>();
    for (int line : lines) {
      LineUnits units = ledger.units(line);
      for (int run = 0; run < units.runs(); run++) {
        if (!units.isPartialUnit(run) && !(excludesSets && units.isInSet(run))) {
          slices.add(new Slice(line, run, units.units(run), ledger.base(units, run)));
        }
      }
    }
    return slices;
  }

  /**
   * Returns a queue that sorts slices by pick order; equal prices are sorted by position. A heap is
   * used, because often only a few slices are needed.
   */
  private static Queue<Slice> queueFor(Pick pick) {
    return switch (pick) {
      case LINE_ORDER -> new ArrayDeque<>();
      case CHEAPEST -> new PriorityQueue<>(Slice.BY_COST.thenComparing(Slice.BY_POSITION));
      case MOST_EXPENSIVE ->
          new PriorityQueue<>(Slice.BY_COST.reversed().thenComparing(Slice.BY_POSITION));
    };
  }

  /** Builder of selections by line. */
  static final class Builder {

    private final Map<Integer, LineSelection> byLine = new LinkedHashMap<>();
    private final Mark mark;

    Builder(Mark mark) {
      this.mark = mark;
    }

    /** Adds units of a slice: skips some and takes some, a number of times. */
    void add(Slice slice, long skipped, long taken, long times) {
      byLine
          .computeIfAbsent(slice.line(), line -> new LineSelection(line, mark))
          .ranges
          .add(new UnitRange(slice.position(), skipped, taken, times));
    }

    List<LineSelection> build() {
      return byLine.values().stream().sorted(Comparator.comparingInt(LineSelection::line)).toList();
    }
  }
}
