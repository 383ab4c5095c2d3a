package kassa.domain.pricing.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.rule.Target;

/** The lines of a cart, to be found by sku and by tag. Gifts that rules add are not among them. */
public final class CartIndex {

  private static final int[] NONE = {};

  private final List<CartLine> lines;
  private final int[] all;
  private final Map<Sku, int[]> bySku;
  private final Map<Tag, int[]> byTag;

  public CartIndex(Cart cart) {
    lines = cart.lines();
    all = new int[lines.size()];
    for (int line = 0; line < all.length; line++) {
      all[line] = line;
    }
    bySku = new HashMap<>();
    byTag = new HashMap<>();
  }

  /** Most carts are priced without a look at it, so it is made with the first. */
  private Map<Sku, int[]> bySku() {
    if (bySku.isEmpty()) {
      Map<Sku, List<Integer>> skus = HashMap.newHashMap(all.length);
      for (int line : all) {
        skus.computeIfAbsent(lines.get(line).sku(), _ -> new ArrayList<>(1)).add(line);
      }
      bySku.putAll(arrays(skus));
    }
    return bySku;
  }

  private Map<Tag, int[]> byTag() {
    if (byTag.isEmpty()) {
      Map<Tag, List<Integer>> tags = new HashMap<>();
      for (int line : all) {
        for (Tag tag : lines.get(line).tags()) {
          tags.computeIfAbsent(tag, _ -> new ArrayList<>()).add(line);
        }
      }
      byTag.putAll(arrays(tags));
    }
    return byTag;
  }

  public int[] all() {
    return all;
  }

  public int[] withSku(Sku sku) {
    return bySku().getOrDefault(sku, NONE);
  }

  public int[] withTag(Tag tag) {
    return byTag().getOrDefault(tag, NONE);
  }

  /** How much of these there is, in thousandths. */
  public long quantity(int[] some) {
    long sum = 0;
    for (int line : some) {
      sum += lines.get(line).quantity().thousandths();
    }
    return sum;
  }

  /** The lines of a target, in their order. */
  public int[] linesOf(Target target) {
    if (target.isAll()) {
      return all;
    }
    int[] candidates = all;
    if (target.skus() != null) {
      candidates = linesWithSkus(target.skus());
    } else if (target.tags() != null) {
      candidates = linesWithTags(target.tags());
    }
    int[] found = new int[candidates.length];
    int count = 0;
    for (int line : candidates) {
      if (matches(lines.get(line), target)) {
        found[count++] = line;
      }
    }
    return count == candidates.length ? candidates : Arrays.copyOf(found, count);
  }

  /** The lines of these skus, in their order. */
  public int[] linesWithSkus(Set<Sku> skus) {
    if (skus.size() == 1) {
      return withSku(skus.iterator().next());
    }
    BitSet union = new BitSet(all.length);
    if (skus.size() <= all.length) {
      skus.forEach(sku -> add(union, withSku(sku)));
    } else {
      bySku().forEach((sku, places) -> add(union, skus.contains(sku) ? places : NONE));
    }
    return union.stream().toArray();
  }

  private int[] linesWithTags(Set<Tag> tags) {
    if (tags.size() == 1) {
      return withTag(tags.iterator().next());
    }
    BitSet union = new BitSet(all.length);
    if (tags.size() <= byTag().size()) {
      tags.forEach(tag -> add(union, withTag(tag)));
    } else {
      byTag().forEach((tag, places) -> add(union, tags.contains(tag) ? places : NONE));
    }
    return union.stream().toArray();
  }

  private static boolean matches(CartLine line, Target target) {
    long price = line.unitPrice().micros();
    return (target.tags() == null || anyOf(line.tags(), target.tags()))
        && (target.excludeTags().isEmpty() || !anyOf(line.tags(), target.excludeTags()))
        && (target.priceMin() == null || price >= target.priceMin().micros())
        && (target.priceMax() == null || price <= target.priceMax().micros())
        && !(target.excludesOnSale() && line.isOnSale());
  }

  private static boolean anyOf(Set<Tag> tags, Set<Tag> wanted) {
    for (Tag tag : tags) {
      if (wanted.contains(tag)) {
        return true;
      }
    }
    return false;
  }

  private static void add(BitSet union, int[] places) {
    for (int place : places) {
      union.set(place);
    }
  }

  private static <K> Map<K, int[]> arrays(Map<K, List<Integer>> lists) {
    Map<K, int[]> arrays = HashMap.newHashMap(lists.size());
    lists.forEach(
        (key, list) -> arrays.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
    return arrays;
  }
}
