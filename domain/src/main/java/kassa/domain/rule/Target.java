package kassa.domain.rule;

import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Amount;
import org.jspecify.annotations.Nullable;

/**
 * Target of an effect: a filter of lines. All criteria must match.
 *
 * @param skus the skus of the lines; {@code null} for any sku
 * @param tags the line has at least one of these tags; {@code null} for any tags
 * @param excludeTags the line has none of these tags
 * @param priceMin the minimum original unit price, inclusive; {@code null} for none
 * @param priceMax the maximum original unit price, inclusive; {@code null} for none
 * @param excludesOnSale whether lines on sale are excluded
 */
public record Target(
    @Nullable Set<Sku> skus,
    @Nullable Set<Tag> tags,
    Set<Tag> excludeTags,
    @Nullable Amount priceMin,
    @Nullable Amount priceMax,
    boolean excludesOnSale) {

  /** Matches all lines. */
  public static final Target ALL = new Target(null, null, Set.of(), null, null, false);

  /** Copies the sets. */
  public Target {
    skus = skus == null ? null : Set.copyOf(skus);
    tags = tags == null ? null : Set.copyOf(tags);
    excludeTags = Set.copyOf(excludeTags);
  }

  /** Returns whether the target matches all lines. */
  public boolean isAll() {
    return skus == null
        && tags == null
        && excludeTags.isEmpty()
        && priceMin == null
        && priceMax == null
        && !excludesOnSale;
  }
}
