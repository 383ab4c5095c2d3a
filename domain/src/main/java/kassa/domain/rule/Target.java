package kassa.domain.rule;

import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Amount;
import org.jspecify.annotations.Nullable;

/**
 * The lines that an effect is about: those that fulfil all that is stated.
 *
 * @param skus the line's sku is one of them; any if {@code null}
 * @param tags the line has one of them; {@code null} if it needs none
 * @param excludeTags the line has none of them
 * @param priceMin the least original unit price, inclusive
 * @param priceMax the greatest original unit price, inclusive
 * @param excludesOnSale whether lines on sale are left out
 */
public record Target(
    @Nullable Set<Sku> skus,
    @Nullable Set<Tag> tags,
    Set<Tag> excludeTags,
    @Nullable Amount priceMin,
    @Nullable Amount priceMax,
    boolean excludesOnSale) {

  /** All lines. */
  public static final Target ALL = new Target(null, null, Set.of(), null, null, false);

  public Target {
    skus = skus == null ? null : Set.copyOf(skus);
    tags = tags == null ? null : Set.copyOf(tags);
    excludeTags = Set.copyOf(excludeTags);
  }

  /** Whether no line is left out. */
  public boolean isAll() {
    return skus == null
        && tags == null
        && excludeTags.isEmpty()
        && priceMin == null
        && priceMax == null
        && !excludesOnSale;
  }
}
