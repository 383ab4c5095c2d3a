package kassa.domain.pricing;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/**
 * Line of a cart: a quantity of one product, with the properties that rules can check.
 *
 * @param sku the product
 * @param quantity the quantity
 * @param unitPrice the price of one unit before discounts
 * @param tags the tags of the product, at most 50, in natural order
 * @param listPrice the price of one unit when it is not on sale; {@code null} if unknown
 * @param onSale whether the client or the catalogue marks the line as on sale
 * @param minUnitPrice the minimum price of one unit after discounts, at most the unit price; {@code
 *     null} for zero
 * @param taxRate the tax rate; {@code null} for no tax
 */
public record CartLine(
    Sku sku,
    Quantity quantity,
    UnitPrice unitPrice,
    SortedSet<Tag> tags,
    @Nullable UnitPrice listPrice,
    boolean onSale,
    @Nullable UnitPrice minUnitPrice,
    @Nullable Percentage taxRate) {

  /** The maximum number of tags. */
  public static final int MAX_TAGS = 50;

  private static final SortedSet<Tag> NO_TAGS = Collections.unmodifiableSortedSet(new TreeSet<>());

  /**
   * Validates the tags and prices.
   *
   * @throws InvalidValueException if there are too many tags, or if the minimum price is above the
   *     unit price
   * @throws IllegalArgumentException if the prices are in different currencies
   */
  public CartLine {
    if (tags.size() > MAX_TAGS) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "tags must hold at most " + MAX_TAGS + " tags");
    }
    unitPrice.requireMinimum(minUnitPrice);
    requireSameCurrency(unitPrice, listPrice);
    requireSameCurrency(unitPrice, minUnitPrice);
    tags = tags.isEmpty() ? NO_TAGS : sorted(tags);
  }

  /** Creates a line without optional properties. */
  public CartLine(Sku sku, Quantity quantity, UnitPrice unitPrice) {
    this(sku, quantity, unitPrice, NO_TAGS, null, false, null, null);
  }

  /** Returns the same line with other tags. */
  public CartLine withTags(Set<Tag> newTags) {
    return new CartLine(
        sku, quantity, unitPrice, sorted(newTags), listPrice, onSale, minUnitPrice, taxRate);
  }

  /** Returns the same line with another quantity. */
  public CartLine withQuantity(Quantity newQuantity) {
    return new CartLine(
        sku, newQuantity, unitPrice, tags, listPrice, onSale, minUnitPrice, taxRate);
  }

  /** Returns the price of the line before discounts, rounded once. */
  public Money subtotal() {
    return unitPrice.times(quantity);
  }

  /** Returns the minimum price of the line after discounts. */
  public Money floor() {
    return minUnitPrice == null ? Money.zero(unitPrice.currency()) : minUnitPrice.times(quantity);
  }

  /** Returns whether the line is on sale: it is marked so, or its list price is above its price. */
  public boolean isOnSale() {
    return onSale || (listPrice != null && listPrice.micros() > unitPrice.micros());
  }

  /** The copy constructor of TreeSet would keep the comparator of a sorted set. */
  private static SortedSet<Tag> sorted(Set<Tag> tags) {
    SortedSet<Tag> sorted = new TreeSet<>();
    sorted.addAll(tags);
    return Collections.unmodifiableSortedSet(sorted);
  }

  private static void requireSameCurrency(UnitPrice price, @Nullable UnitPrice other) {
    if (other != null && !other.currency().equals(price.currency())) {
      throw new IllegalArgumentException(
          "different currencies: " + price.currency() + " and " + other.currency());
    }
  }
}
