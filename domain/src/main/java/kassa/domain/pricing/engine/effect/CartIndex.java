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
import org.jspecify.annotations.Nullable;

/** Index of the lines of a cart by sku and by tag, without free gifts. One thread only. */
public final class CartIndex {

  private static final int[] NONE = {};

  private final List<CartLine> lines;
  private final int[] all;

  /** Created when first needed, because most carts are priced without it. */
  private @Nullable Map<Sku, int[]> bySku;

  private @Nullable Map<Tag, int[]> byTag;

  /** Creates an index of a cart. */
  public CartIndex(Cart cart) {
    lines = cart.lines();
    all = new int[lines.size()];
    for (int line = 0; line < all.length; line++) {
      all[line] = line;
    }
  }

  private Map<Sku, int[]> bySku() {
    if (bySku == null) {
      Map<Sku, List<Integer>> skus = HashMap.newHashMap(all.length);
      for (int line : all) {
        skus.computeIfAbsent(lines.get(line).sku(), _ -> new ArrayList<>(1)).add(line);
      }
      bySku = arrays(skus);
    }
    return bySku;
  }

  private Map<Tag, int[]> byTag() {
    if (byTag == null) {
      Map<Tag, List<Integer>> tags = new HashMap<>();
      for (int line : all) {
        for (Tag tag : lines.get(line).tags()) {
          tags.computeIfAbsent(tag, _ -> new ArrayList<>()).add(line);
        }
      }
      byTag = arrays(tags);
    }
    return byTag;
  }

  /** Returns all lines. */
  public int[] all() {
    return all;
  }

  /** Returns the lines with a sku. */
  public int[] withSku(Sku sku) {
    return bySku().getOrDefault(sku, NONE);
  }

  /** Returns the lines with a tag. */
  public int[] withTag(Tag tag) {
    return byTag().getOrDefault(tag, NONE);
  }

  /** Returns the total quantity of lines, in thousandths. */
  public long quantity(int[] selected) {
    long sum = 0;
    for (int line : selected) {
      sum += lines.get(line).quantity().thousandths();
    }
    return sum;
  }

  /** Returns the lines that match a target, in order. */
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

  /** Returns the lines with one of these skus, in order. */
  public int[] linesWithSkus(Set<Sku> skus) {
    if (skus.size() == 1) {
      return withSku(skus.iterator().next());
    }
    BitSet union = new BitSet(all.length);
    if (skus.size() <= all.length) {
      skus.forEach(sku -> add(union, withSku(sku)));
    } else {
      bySku().forEach((sku, lineIndexes) -> add(union, skus.contains(sku) ? lineIndexes : NONE));
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
      byTag().forEach((tag, lineIndexes) -> add(union, tags.contains(tag) ? lineIndexes : NONE));
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

  private static void add(BitSet union, int[] lineIndexes) {
    for (int line : lineIndexes) {
      union.set(line);
    }
  }

  private static <K> Map<K, int[]> arrays(Map<K, List<Integer>> lists) {
    Map<K, int[]> arrays = HashMap.newHashMap(lists.size());
    lists.forEach(
        (key, list) -> arrays.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
    return arrays;
  }
}
