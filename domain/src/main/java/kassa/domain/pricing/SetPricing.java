package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.pricing.UnitSelection.OfLine;
import kassa.domain.pricing.UnitSelection.Slice;
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
  List<OfLine> gets(BuyXGetY effect) {
    int[] buyLines = index.of(effect.buyTarget());
    int[] getLines = index.of(effect.getTarget());
    Pool pool = new Pool(selection.wholes(union(buyLines, getLines), true));
    int[] buyOrder = pool.places(buyLines, buyOrder(effect.pick(), getLines));
    int[] getOrder = pool.places(getLines, getOrder(effect.pick()));
    formSets(effect, pool, buyOrder, getOrder);
    UnitSelection.Selected selected = selection.new Selected(false, true);
    pool.forEachUsed((slice, bought, given) -> selected.add(slice, bought, given));
    return selected.inLineOrder();
  }

  private static void formSets(BuyXGetY effect, Pool pool, int[] buyOrder, int[] getOrder) {
    long left = effect.maxSets() == null ? Long.MAX_VALUE : effect.maxSets();
    while (left > 0) {
      long sets = pool.alikeSets(buyOrder, effect.buyQuantity(), getOrder, effect.getQuantity());
      if (sets > 0) {
        sets = Math.min(sets, left);
        pool.take(pool.bought, buyOrder, sets * effect.buyQuantity());
        pool.take(pool.given, getOrder, sets * effect.getQuantity());
        left -= sets;
        continue;
      }
      Pool before = pool.copy();
      long bought = pool.take(pool.bought, buyOrder, effect.buyQuantity());
      long given = pool.take(pool.given, getOrder, effect.getQuantity());
      boolean full = bought == effect.buyQuantity() && given == effect.getQuantity();
      boolean partial = bought == effect.buyQuantity() && given > 0 && effect.partialGet();
      if (!full && !partial) {
        pool.forget(before);
        return;
      }
      if (!full) {
        return;
      }
      left--;
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
  record Bundles(List<OfLine> units, long saved) {}

  /** The units that make bundles which cost less than their parts. */
  Bundles bundles(BundlePrice effect) {
    List<Part> parts = new ArrayList<>();
    effect.skus().forEach((sku, count) -> parts.add(new Part(index.withSku(sku), count)));
    effect.tags().forEach((tag, count) -> parts.add(new Part(index.withTag(tag), count)));
    int[] all = new int[0];
    for (Part part : parts) {
      all = union(all, part.lines());
    }
    Pool pool = new Pool(selection.wholes(all, true));
    List<int[]> orders = new ArrayList<>();
    parts.forEach(part -> orders.add(pool.places(part.lines(), (_, _) -> 0)));
    long saved = formBundles(effect, parts, pool, orders);
    UnitSelection.Selected selected = selection.new Selected(false, true);
    pool.forEachUsed((slice, _, bundled) -> selected.add(slice, 0, bundled));
    return new Bundles(selected.inLineOrder(), saved);
  }

  private long formBundles(BundlePrice effect, List<Part> parts, Pool pool, List<int[]> orders) {
    long left = effect.maxSets() == null ? Long.MAX_VALUE : effect.maxSets();
    long saved = 0;
    while (left > 0) {
      long sets = Math.max(1, Math.min(left, pool.alikeBundles(parts, orders)));
      Pool before = pool.copy();
      for (int i = 0; i < parts.size(); i++) {
        long wanted = sets * parts.get(i).count();
        if (pool.take(pool.given, orders.get(i), wanted) < wanted) {
          pool.forget(before);
          return saved;
        }
      }
      long cost = pool.cost() - before.cost();
      long price = price(effect.price(), sets);
      if (cost > price) {
        saved += cost - price;
      } else {
        // The parts cost less: they are set aside, and stay what they are.
        pool.forget(before);
      }
      left -= sets;
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

  /** What is done with the units of a slice. */
  @FunctionalInterface
  private interface Use {
    void of(Slice slice, long bought, long given);
  }

  /** Slices of units, and how many of each are still free, bought or given. */
  private static final class Pool {

    private final List<Slice> slices;
    private final long[] free;
    private final long[] bought;
    private final long[] given;

    Pool(List<Slice> slices) {
      this(slices, new long[slices.size()], new long[slices.size()], new long[slices.size()]);
      Arrays.setAll(free, i -> slices.get(i).units());
    }

    private Pool(List<Slice> slices, long[] free, long[] bought, long[] given) {
      this.slices = slices;
      this.free = free;
      this.bought = bought;
      this.given = given;
    }

    Pool copy() {
      return new Pool(slices, free.clone(), bought.clone(), given.clone());
    }

    /** What was bought and given since then is not, but is not free again either. */
    void forget(Pool other) {
      System.arraycopy(other.bought, 0, bought, 0, bought.length);
      System.arraycopy(other.given, 0, given, 0, given.length);
    }

    /** The places of the slices of some lines, in an order. */
    int[] places(int[] lines, Comparator<Slice> order) {
      List<Integer> places = new ArrayList<>();
      for (int place = 0; place < slices.size(); place++) {
        if (Arrays.binarySearch(lines, slices.get(place).line()) >= 0) {
          places.add(place);
        }
      }
      places.sort(Comparator.comparing(slices::get, order));
      return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Takes free units in an order; says how many there were of those that were wanted. */
    long take(long[] into, int[] order, long wanted) {
      long left = wanted;
      for (int i = 0; i < order.length && left > 0; i++) {
        long units = Math.min(free[order[i]], left);
        free[order[i]] -= units;
        into[order[i]] += units;
        left -= units;
      }
      return wanted - left;
    }

    /** How many sets can be formed of the first free slice of each order alone. */
    long alikeSets(int[] buyOrder, long buy, int[] getOrder, long get) {
      int from = firstFree(buyOrder);
      int to = firstFree(getOrder);
      if (from < 0 || to < 0) {
        return 0;
      }
      return from == to ? free[from] / (buy + get) : Math.min(free[from] / buy, free[to] / get);
    }

    /** How many bundles can be formed of the first free slice of each part alone. */
    long alikeBundles(List<Part> parts, List<int[]> orders) {
      long[] needed = new long[free.length];
      for (int i = 0; i < parts.size(); i++) {
        int first = firstFree(orders.get(i));
        if (first < 0) {
          return 0;
        }
        needed[first] += parts.get(i).count();
      }
      long sets = Long.MAX_VALUE;
      for (int i = 0; i < free.length; i++) {
        sets = needed[i] == 0 ? sets : Math.min(sets, free[i] / needed[i]);
      }
      return sets;
    }

    /** What the units that are given cost together. */
    long cost() {
      long cost = 0;
      for (int i = 0; i < given.length; i++) {
        Slice slice = slices.get(i);
        cost += UnitRun.ofFirst(slice.base(), slice.units(), given[i]);
      }
      return cost;
    }

    void forEachUsed(Use use) {
      for (int i = 0; i < free.length; i++) {
        if (bought[i] + given[i] > 0) {
          use.of(slices.get(i), bought[i], given[i]);
        }
      }
    }

    private int firstFree(int[] order) {
      for (int place : order) {
        if (free[place] > 0) {
          return place;
        }
      }
      return -1;
    }
  }
}
