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
 * So many of one thing, at a price each, and what rules may ask about it.
 *
 * @param sku the thing
 * @param quantity how many
 * @param unitPrice what one costs before any discount
 * @param tags the groups that it belongs to, at most 50, in their order
 * @param listPrice what one costs when it is not on sale, if that is known
 * @param onSale whether the sender says that it is on sale
 * @param minUnitPrice what one has to cost at least, however much comes off; at most the unit price
 * @param taxRate the tax on it; none if {@code null}
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

  /** The most tags of a line. */
  public static final int MAX_TAGS = 50;

  private static final SortedSet<Tag> NO_TAGS = Collections.unmodifiableSortedSet(new TreeSet<>());

  /**
   * @throws InvalidValueException if there are too many tags, or if the least price is above the
   *     price
   * @throws IllegalArgumentException if the prices are in different currencies
   */
  public CartLine {
    if (tags.size() > MAX_TAGS) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "tags must hold at most " + MAX_TAGS + " tags");
    }
    if (minUnitPrice != null && minUnitPrice.micros() > unitPrice.micros()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "minUnitPrice must not be above unitPrice");
    }
    requireSameCurrency(unitPrice, listPrice);
    requireSameCurrency(unitPrice, minUnitPrice);
    tags = tags.isEmpty() ? NO_TAGS : sorted(tags);
  }

  /** A line of which nothing else is known. */
  public CartLine(Sku sku, Quantity quantity, UnitPrice unitPrice) {
    this(sku, quantity, unitPrice, NO_TAGS, null, false, null, null);
  }

  /** The same line with these tags. */
  public CartLine withTags(Set<Tag> others) {
    return new CartLine(
        sku, quantity, unitPrice, sorted(others), listPrice, onSale, minUnitPrice, taxRate);
  }

  /** The same line with another quantity. */
  public CartLine withQuantity(Quantity other) {
    return new CartLine(sku, other, unitPrice, tags, listPrice, onSale, minUnitPrice, taxRate);
  }

  /** What the line costs before any discount, rounded once. */
  public Money subtotal() {
    return unitPrice.times(quantity);
  }

  /** What the line has to cost at least. */
  public Money floor() {
    return minUnitPrice == null ? Money.zero(unitPrice.currency()) : minUnitPrice.times(quantity);
  }

  /** Whether it is on sale: the sender says so, or its list price is above its price. */
  public boolean isOnSale() {
    return onSale || (listPrice != null && listPrice.micros() > unitPrice.micros());
  }

  /** A copy made by TreeSet's constructor would keep the order that a set was sorted by. */
  private static SortedSet<Tag> sorted(Set<Tag> tags) {
    SortedSet<Tag> sorted = new TreeSet<>();
    sorted.addAll(tags);
    return Collections.unmodifiableSortedSet(sorted);
  }

  private static void requireSameCurrency(UnitPrice price, @Nullable UnitPrice other) {
    if (other != null && !other.currency().equals(price.currency())) {
      throw new IllegalArgumentException(
          "prices in " + price.currency() + " and " + other.currency());
    }
  }
}
