package kassa.domain.pricing.engine.effect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.domain.money.Amount;
import kassa.domain.pricing.UnitRun;
import kassa.domain.pricing.engine.effect.UnitSelection.LineSelection;
import kassa.domain.pricing.engine.effect.UnitSelection.Slice;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.pricing.engine.ledger.UnitRange;
import kassa.domain.pricing.engine.ledger.UnitRange.Mark;
import kassa.domain.rule.Effect.BundlePrice;
import kassa.domain.rule.Effect.BuyXGetY;
import kassa.domain.rule.Pick;

/**
 * Forms sets of units. As many sets as the same runs of units allow are formed in one step, so that
 * the work grows with the runs and not with the units.
 */
final class SetPricing {

  private final Ledger ledger;
  private final CartIndex index;
  private final UnitSelection selection;

  SetPricing(CartIndex index, Ledger ledger) {
    this.index = index;
    this.ledger = ledger;
    this.selection = new UnitSelection(index, ledger);
  }

  /** The units that are given to those who buy others. */
  List<LineSelection> selectGetUnits(BuyXGetY effect) {
    int[] buyLines = index.linesOf(effect.buyTarget());
    int[] getLines = index.linesOf(effect.getTarget());
    Pool pool = new Pool(selection.wholeUnits(union(buyLines, getLines), true));
    Deque<Integer> buys = pool.positions(buyLines, buyOrder(effect.pick(), getLines));
    Deque<Integer> gets = pool.positions(getLines, getOrder(effect.pick()));
    formSets(effect, pool, buys, gets);
    return pool.toSelections(Mark.BOUGHT_OR_IN_SET);
  }

  private static void formSets(
      BuyXGetY effect, Pool pool, Deque<Integer> buys, Deque<Integer> gets) {
    long buy = effect.buyQuantity();
    long get = effect.getQuantity();
    long remainingSets = effect.maxSets() == null ? Long.MAX_VALUE : effect.maxSets();
    while (remainingSets > 0) {
      long sets = pool.formUniformSets(buys, buy, gets, get, remainingSets);
      if (sets == 0) {
        List<SliceRange> bought = pool.remove(buys, buy);
        List<SliceRange> given = pool.remove(gets, get);
        boolean full = count(given) == get;
        boolean partial = count(given) > 0 && effect.allowsPartialGet();
        if (count(bought) < buy || !(full || partial)) {
          return;
        }
        bought.forEach(pool::skip);
        given.forEach(pool::take);
        sets = full ? 1 : remainingSets;
      }
      remainingSets -= sets;
    }
  }

  private static Comparator<Slice> getOrder(Pick pick) {
    return switch (pick) {
      case LINE_ORDER -> (_, _) -> 0;
      case CHEAPEST -> Slice.BY_COST;
      case MOST_EXPENSIVE -> Slice.BY_COST.reversed();
    };
  }

  /** What cannot be given is bought first, and then what would be given last. */
  private static Comparator<Slice> buyOrder(Pick pick, int[] getLines) {
    Comparator<Slice> givenLast =
        Comparator.comparing(slice -> Arrays.binarySearch(getLines, slice.line()) >= 0);
    return pick == Pick.LINE_ORDER
        ? givenLast
        : givenLast
            .thenComparing(getOrder(pick).reversed())
            .thenComparing(Comparator.comparingInt(Slice::line).reversed());
  }

  /**
   * Units that make bundles.
   *
   * @param saved how much less the bundles cost than their parts, in minor units
   */
  record Bundles(List<LineSelection> units, long saved) {}

  /** The units that make bundles which cost less than their parts. */
  Bundles selectBundles(BundlePrice effect) {
    List<Part> parts = new ArrayList<>();
    effect.skus().forEach((sku, count) -> parts.add(new Part(index.withSku(sku), count)));
    effect.tags().forEach((tag, count) -> parts.add(new Part(index.withTag(tag), count)));
    int[] all = new int[0];
    for (Part part : parts) {
      all = union(all, part.lines());
    }
    Pool pool = new Pool(selection.wholeUnits(all, true));
    List<Deque<Integer>> orders = new ArrayList<>();
    parts.forEach(part -> orders.add(pool.positions(part.lines(), (_, _) -> 0)));
    long saved = formBundles(effect, parts, pool, orders);
    return new Bundles(pool.toSelections(Mark.IN_SET), saved);
  }

  private long formBundles(
      BundlePrice effect, List<Part> parts, Pool pool, List<Deque<Integer>> orders) {
    long remainingSets = effect.maxSets() == null ? Long.MAX_VALUE : effect.maxSets();
    long saved = 0;
    while (remainingSets > 0) {
      long sets = Math.max(1, Math.min(remainingSets, pool.countUniformBundles(parts, orders)));
      List<SliceRange> bundled = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        long wanted = sets * parts.get(i).count();
        List<SliceRange> units = pool.remove(orders.get(i), wanted);
        if (count(units) < wanted) {
          return saved;
        }
        bundled.addAll(units);
      }
      long cost = pool.cost(bundled);
      long price = price(effect.price(), sets);
      if (cost > price) {
        saved += cost - price;
        bundled.forEach(pool::take);
      } else {
        // The parts cost less: they are set aside, and stay what they are.
        bundled.forEach(pool::skip);
      }
      remainingSets -= sets;
    }
    return saved;
  }

  private long price(Amount price, long sets) {
    return price.times(sets * 1_000, ledger.currency());
  }

  private static int[] union(int[] some, int[] others) {
    return java.util.stream.IntStream.concat(Arrays.stream(some), Arrays.stream(others))
        .sorted()
        .distinct()
        .toArray();
  }

  /** A part of a bundle: so many units of some lines. */
  private static final class Part {

    private final int[] lines;
    private final long count;

    Part(int[] lines, long count) {
      this.lines = lines;
      this.count = count;
    }

    int[] lines() {
      return lines;
    }

    long count() {
      return count;
    }
  }

  /** Neighbouring units of the slice at a place, from the one behind so many to another. */
  private record SliceRange(int slice, long from, long to) {}

  private static long count(List<SliceRange> units) {
    return units.stream().mapToLong(some -> some.to() - some.from()).sum();
  }

  /** Slices of units, each used from its beginning on. */
  private static final class Pool {

    private final List<Slice> slices;
    private final long[] free;

    /** What was done with the units of each slice that are not free any more, in their order. */
    private final List<List<UnitRange>> used;

    Pool(List<Slice> slices) {
      this.slices = slices;
      this.free = slices.stream().mapToLong(Slice::units).toArray();
      this.used = new ArrayList<>(slices.size());
      slices.forEach(_ -> used.add(new ArrayList<>(0)));
    }

    /** The places of the slices of some lines, in an order. */
    Deque<Integer> positions(int[] lines, Comparator<Slice> order) {
      List<Integer> places = new ArrayList<>();
      for (int place = 0; place < slices.size(); place++) {
        if (Arrays.binarySearch(lines, slices.get(place).line()) >= 0) {
          places.add(place);
        }
      }
      places.sort(Comparator.comparing(slices::get, order));
      return new ArrayDeque<>(places);
    }

    /** Free units in an order, as many as are wanted or as there are. They are free no more. */
    List<SliceRange> remove(Deque<Integer> order, long wanted) {
      List<SliceRange> removed = new ArrayList<>();
      long left = wanted;
      for (int first = firstFree(order); left > 0 && first >= 0; first = firstFree(order)) {
        long from = slices.get(first).units() - free[first];
        long units = Math.min(free[first], left);
        free[first] -= units;
        left -= units;
        removed.add(new SliceRange(first, from, from + units));
      }
      return removed;
    }

    void skip(SliceRange units) {
      use(units.slice(), units.to() - units.from(), 0);
    }

    void take(SliceRange units) {
      use(units.slice(), 0, units.to() - units.from());
    }

    private void use(int slice, long passed, long taken) {
      List<UnitRange> before = used.get(slice);
      UnitRange last = before.isEmpty() ? null : before.getLast();
      if (last != null && last.times() == 1 && (passed == 0 || last.taken() == 0)) {
        before.set(before.size() - 1, last.plus(passed, taken));
      } else {
        before.add(new UnitRange(slices.get(slice).position(), passed, taken, 1));
      }
    }

    /**
     * Forms the sets that can be formed of the first free slice of each order alone; says how many.
     */
    long formUniformSets(
        Deque<Integer> buys, long buy, Deque<Integer> gets, long get, long maxSets) {
      int from = firstFree(buys);
      int to = firstFree(gets);
      if (from < 0 || to < 0) {
        return 0;
      }
      long sets =
          Math.min(
              maxSets,
              from == to ? free[from] / (buy + get) : Math.min(free[from] / buy, free[to] / get));
      if (sets > 0 && from == to) {
        free[from] -= sets * (buy + get);
        used.get(from).add(new UnitRange(slices.get(from).position(), buy, get, sets));
      } else if (sets > 0) {
        remove(buys, sets * buy).forEach(this::skip);
        remove(gets, sets * get).forEach(this::take);
      }
      return sets;
    }

    /** How many bundles can be formed of the first free slice of each part alone. */
    long countUniformBundles(List<Part> parts, List<Deque<Integer>> orders) {
      Map<Integer, Long> needed = new HashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        int first = firstFree(orders.get(i));
        if (first < 0) {
          return 0;
        }
        needed.merge(first, parts.get(i).count(), Long::sum);
      }
      long sets = Long.MAX_VALUE;
      for (Map.Entry<Integer, Long> slice : needed.entrySet()) {
        sets = Math.min(sets, free[slice.getKey()] / slice.getValue());
      }
      return sets;
    }

    /** What units cost together. */
    long cost(List<SliceRange> units) {
      long cost = 0;
      for (SliceRange some : units) {
        Slice slice = slices.get(some.slice());
        cost +=
            UnitRun.shareOfFirst(slice.base(), slice.units(), some.to())
                - UnitRun.shareOfFirst(slice.base(), slice.units(), some.from());
      }
      return cost;
    }

    /** The units that were taken, and those that were passed by before them. */
    List<LineSelection> toSelections(Mark mark) {
      UnitSelection.Builder selected = new UnitSelection.Builder(mark);
      for (int i = 0; i < used.size(); i++) {
        for (UnitRange stretch : used.get(i)) {
          if (stretch.taken() > 0 || mark == Mark.BOUGHT_OR_IN_SET) {
            selected.add(slices.get(i), stretch.skipped(), stretch.taken(), stretch.times());
          }
        }
      }
      return selected.build();
    }

    private int firstFree(Deque<Integer> order) {
      while (!order.isEmpty() && free[order.peekFirst()] == 0) {
        order.removeFirst();
      }
      return order.isEmpty() ? -1 : order.peekFirst();
    }
  }
}
