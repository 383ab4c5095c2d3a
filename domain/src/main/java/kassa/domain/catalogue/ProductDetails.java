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
 * Properties of a product. All prices are in the currency of the unit price.
 *
 * @param sku the sku of the product
 * @param name the display name
 * @param unitPrice the price of one unit before discounts, zero or more
 * @param tags at most 50 tags, in natural order
 * @param listPrice the price when the product is not on sale; {@code null} if there is none
 * @param minUnitPrice the minimum price of one unit after discounts, at most the unit price; {@code
 *     null} if there is none
 * @param taxRate the tax rate of the product; {@code null} if it has none of its own
 * @param isActive whether the product can be ordered
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

  /** The maximum number of tags. */
  public static final int MAX_TAGS = 50;

  /**
   * Validates the tags and prices.
   *
   * @throws InvalidValueException if there are too many tags, or if the minimum price is above the
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
    unitPrice.requireMinimum(minUnitPrice);
    // The copy constructor of TreeSet would keep the comparator of the given set.
    SortedSet<Tag> sorted = new TreeSet<>();
    sorted.addAll(tags);
    tags = Collections.unmodifiableSortedSet(sorted);
  }

  private static void requireCurrency(Currency currency, @Nullable UnitPrice price) {
    if (price != null && !price.currency().equals(currency)) {
      throw new IllegalArgumentException(
          "different currencies: " + currency + " and " + price.currency());
    }
  }
}
