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

/** Chooses the units that an effect is about, where it is not about all of its target. */
public final class UnitSelection {

  /** Units of one line. Gathered by one thread, and not changed after that. */
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

    /** Sets them apart from the line's other units; tells the places of their runs. */
    SplitUnits splitIn(Ledger ledger) {
      ranges.sort(Comparator.comparingInt(UnitRange::run));
      return ledger.splitUnits(line, ranges, mark);
    }
  }

  /**
   * The units of one run.
   *
   * @param position the run's place in its line
   * @param base what they cost together
   */
  public record Slice(int line, int position, long units, long base) {

    /** The cheaper unit first. */
    static final Comparator<Slice> BY_COST = Slice::compareCost;

    /** The order of the lines. */
    static final Comparator<Slice> BY_POSITION =
        Comparator.comparingInt(Slice::line).thenComparingInt(Slice::position);

    /** Compares what one unit costs, exactly. */
    private int compareCost(Slice other) {
      int high =
          Long.compare(Math.multiplyHigh(base, other.units), Math.multiplyHigh(other.base, units));
      return high != 0 ? high : Long.compareUnsigned(base * other.units, other.base * units);
    }
  }

  private final CartIndex index;
  private final Ledger ledger;

  public UnitSelection(CartIndex index, Ledger ledger) {
    this.index = index;
    this.ledger = ledger;
  }

  /** The units that a choice takes; the part of a unit counts as one. */
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
    Map<Integer, Long> ofLine = new LinkedHashMap<>();
    Builder selected = new Builder(spread ? Mark.PICKED : Mark.NONE);
    for (Slice slice = candidates.poll(); slice != null && left > 0; slice = candidates.poll()) {
      long before = ofLine.getOrDefault(slice.line(), 0L);
      long taken = Math.min(slice.units(), Math.min(left, perLine - before));
      if (taken > 0) {
        selected.add(slice, 0, taken, 1);
        ofLine.put(slice.line(), before + taken);
        left -= taken;
      }
    }
    return selected.build();
  }

  /** The whole units that make full groups, in the order of the lines. */
  List<LineSelection> fullGroups(Target target, long size) {
    List<Slice> wholes = wholeUnits(index.linesOf(target), false);
    long units = wholes.stream().mapToLong(Slice::units).sum();
    long left = units / size * size;
    Builder selected = new Builder(Mark.NONE);
    for (Slice slice : wholes) {
      long taken = Math.min(slice.units(), left);
      if (taken > 0) {
        selected.add(slice, 0, taken, 1);
        left -= taken;
      }
    }
    return selected.build();
  }

  /** Every nth whole unit of each line. */
  List<LineSelection> everyNth(Target target, long n, @Nullable Long maxSets) {
    long left = maxSets == null ? Long.MAX_VALUE : maxSets;
    Builder selected = new Builder(Mark.NONE);
    for (int line : index.linesOf(target)) {
      long position = 0;
      for (Slice slice : wholeUnits(new int[] {line}, false)) {
        long end = position + slice.units();
        long taken = Math.min(left, end / n - position / n);
        if (taken > 0) {
          long passed = position % n;
          if (n == 1) {
            selected.add(slice, 0, taken, 1);
          } else if (passed == 0) {
            selected.add(slice, n - 1, 1, taken);
          } else {
            selected.add(slice, n - passed - 1, 1, 1);
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
   * The whole units of some lines, in their order.
   *
   * @param unpaired whether those are left out that were bought or given in a set already
   */
  public List<Slice> wholeUnits(int[] lines, boolean unpaired) {
    List<Slice> slices = new ArrayList<>();
    for (int line : lines) {
      LineUnits units = ledger.units(line);
      for (int run = 0; run < units.runs(); run++) {
        if (!units.isPartialUnit(run) && !(unpaired && units.isInSet(run))) {
          slices.add(new Slice(line, run, units.units(run), ledger.base(units, run)));
        }
      }
    }
    return slices;
  }

  /**
   * Gives slices as units are picked; those that cost the same in the order of the lines. Few of
   * them may be wanted, so they are not all sorted.
   */
  private static Queue<Slice> queueFor(Pick pick) {
    return switch (pick) {
      case LINE_ORDER -> new ArrayDeque<>();
      case CHEAPEST -> new PriorityQueue<>(Slice.BY_COST.thenComparing(Slice.BY_POSITION));
      case MOST_EXPENSIVE ->
          new PriorityQueue<>(Slice.BY_COST.reversed().thenComparing(Slice.BY_POSITION));
    };
  }

  /** Gathers units by their lines. */
  static final class Builder {

    private final Map<Integer, LineSelection> byLine = new LinkedHashMap<>();
    private final Mark mark;

    Builder(Mark mark) {
      this.mark = mark;
    }

    /** Of the next units of a slice, passes some by and takes some, so many times. */
    void add(Slice slice, long passed, long taken, long times) {
      byLine
          .computeIfAbsent(slice.line(), line -> new LineSelection(line, mark))
          .ranges
          .add(new UnitRange(slice.position(), passed, taken, times));
    }

    List<LineSelection> build() {
      return byLine.values().stream().sorted(Comparator.comparingInt(LineSelection::line)).toList();
    }
  }
}
