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
 * Forms sets of units for buy-x-get-y and bundle effects. Sets of the same runs of units are formed
 * in one step, so the work grows with the number of runs and not with the number of units.
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

  /** Returns the discounted units of a buy-x-get-y effect. */
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
        List<SliceRange> discounted = pool.remove(gets, get);
        boolean full = count(discounted) == get;
        boolean partial = count(discounted) > 0 && effect.allowsPartialGet();
        if (count(bought) < buy || !(full || partial)) {
          return;
        }
        bought.forEach(pool::skip);
        discounted.forEach(pool::take);
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

  /** Units outside of the get target are bought first, then those that would be discounted last. */
  private static Comparator<Slice> buyOrder(Pick pick, int[] getLines) {
    Comparator<Slice> discountedLast =
        Comparator.comparing(slice -> Arrays.binarySearch(getLines, slice.line()) >= 0);
    return pick == Pick.LINE_ORDER
        ? discountedLast
        : discountedLast
            .thenComparing(getOrder(pick).reversed())
            .thenComparing(Comparator.comparingInt(Slice::line).reversed());
  }

  /**
   * The units of bundles.
   *
   * @param units the units by line
   * @param saved the total discount of the bundles on their parts, in minor units
   */
  record Bundles(List<LineSelection> units, long saved) {}

  /** Returns the units of the bundles that cost less than their parts. */
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
        // The parts cost less or the same: they are skipped and keep their prices.
        bundled.forEach(pool::skip);
      }
      remainingSets -= sets;
    }
    return saved;
  }

  private long price(Amount price, long sets) {
    return price.times(sets * 1_000, ledger.currency());
  }

  private static int[] union(int[] first, int[] second) {
    return java.util.stream.IntStream.concat(Arrays.stream(first), Arrays.stream(second))
        .sorted()
        .distinct()
        .toArray();
  }

  /** A part of a bundle: a number of units of one of some lines. */
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

  /** Consecutive units of a slice; {@code from} is inclusive and {@code to} is exclusive. */
  private record SliceRange(int slice, long from, long to) {}

  private static long count(List<SliceRange> units) {
    return units.stream().mapToLong(range -> range.to() - range.from()).sum();
  }

  /** Slices of units; the units of each slice are used in order. */
  private static final class Pool {

    private final List<Slice> slices;
    private final long[] free;

    /** The used units of each slice, in order. */
    private final List<List<UnitRange>> used;

    Pool(List<Slice> slices) {
      this.slices = slices;
      this.free = slices.stream().mapToLong(Slice::units).toArray();
      this.used = new ArrayList<>(slices.size());
      slices.forEach(_ -> used.add(new ArrayList<>(0)));
    }

    /** Returns the indexes of the slices of lines, sorted. */
    Deque<Integer> positions(int[] lines, Comparator<Slice> order) {
      List<Integer> indexes = new ArrayList<>();
      for (int index = 0; index < slices.size(); index++) {
        if (Arrays.binarySearch(lines, slices.get(index).line()) >= 0) {
          indexes.add(index);
        }
      }
      indexes.sort(Comparator.comparing(slices::get, order));
      return new ArrayDeque<>(indexes);
    }

    /** Removes free units in order; fewer than wanted if there are no more. */
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

    private void use(int slice, long skipped, long taken) {
      List<UnitRange> before = used.get(slice);
      UnitRange last = before.isEmpty() ? null : before.getLast();
      if (last != null && last.times() == 1 && (skipped == 0 || last.taken() == 0)) {
        before.set(before.size() - 1, last.plus(skipped, taken));
      } else {
        before.add(new UnitRange(slices.get(slice).position(), skipped, taken, 1));
      }
    }

    /** Forms the sets that need only the first free slice of each order; returns their number. */
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

    /** Returns the number of bundles that need only the first free slice of each part. */
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

    /** Returns the total price of units. */
    long cost(List<SliceRange> units) {
      long cost = 0;
      for (SliceRange range : units) {
        Slice slice = slices.get(range.slice());
        cost +=
            UnitRun.shareOfFirst(slice.base(), slice.units(), range.to())
                - UnitRun.shareOfFirst(slice.base(), slice.units(), range.from());
      }
      return cost;
    }

    /** Returns the taken units, with the skipped units before them. */
    List<LineSelection> toSelections(Mark mark) {
      UnitSelection.Builder selected = new UnitSelection.Builder(mark);
      for (int i = 0; i < used.size(); i++) {
        for (UnitRange range : used.get(i)) {
          if (range.taken() > 0 || mark == Mark.BOUGHT_OR_IN_SET) {
            selected.add(slices.get(i), range.skipped(), range.taken(), range.times());
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
