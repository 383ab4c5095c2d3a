package kassa.domain.catalogue;

import java.util.Collections;
import java.util.Currency;
import java.util.SortedSet;
import java.util.TreeSet;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Percentage;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/**
 * All that a shop says of one of its products. Every price is in the currency of the unit price.
 *
 * @param sku names the product
 * @param name what people call it
 * @param unitPrice what one of it costs before any rule, zero or more
 * @param tags at most 50 words that group it with others, in their order
 * @param listPrice what it is said to have cost before, if that is said
 * @param minUnitPrice what no rule may take it below, at most the unit price, if there is such
 * @param taxRate the tax on it, if it has one of its own
 * @param isActive whether it is sold
 */
public record ProductDetails(
    Sku sku,
    ProductName name,
    UnitPrice unitPrice,
    SortedSet<Tag> tags,
    @Nullable UnitPrice listPrice,
    @Nullable UnitPrice minUnitPrice,
    @Nullable Percentage taxRate,
    boolean isActive) {

  /** The most tags. */
  public static final int MAX_TAGS = 50;

  /**
   * @throws InvalidValueException if there are too many tags, or if the least price is above the
   *     unit price
   * @throws IllegalArgumentException if the prices are in different currencies
   */
  public ProductDetails {
    if (tags.size() > MAX_TAGS) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "tags must hold at most " + MAX_TAGS + " elements");
    }
    requireCurrency(unitPrice.currency(), listPrice);
    requireCurrency(unitPrice.currency(), minUnitPrice);
    if (minUnitPrice != null) {
      requireMinAtMostUnitPrice(unitPrice, minUnitPrice);
    }
    // A copy made by TreeSet's constructor would keep the order that the given set was sorted by.
    SortedSet<Tag> sorted = new TreeSet<>();
    sorted.addAll(tags);
    tags = Collections.unmodifiableSortedSet(sorted);
  }

  /**
   * Checks a least price against the unit price, for those who have not got all the rest.
   *
   * @throws InvalidValueException if it is above
   */
  public static void requireMinAtMostUnitPrice(UnitPrice unitPrice, UnitPrice minUnitPrice) {
    if (minUnitPrice.micros() > unitPrice.micros()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "minUnitPrice must be at most the unitPrice");
    }
  }

  private static void requireCurrency(Currency currency, @Nullable UnitPrice price) {
    if (price != null && !price.currency().equals(currency)) {
      throw new IllegalArgumentException("prices in " + currency + " and " + price.currency());
    }
  }
}
