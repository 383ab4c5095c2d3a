package kassa.domain.catalogue;

import java.time.Instant;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.UnitPrice;

/**
 * Product of the catalogue.
 *
 * @param details the properties of the product
 * @param version 1 or more, incremented with each change
 * @param createdAt the time of creation, to the microsecond
 * @param updatedAt the time of the last change, to the microsecond
 */
public record Product(ProductDetails details, int version, Instant createdAt, Instant updatedAt) {

  /**
   * Validates the version.
   *
   * @throws InvalidValueException if the version is below one
   */
  public Product {
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
  }

  /** Creates a product with version 1. */
  public static Product create(ProductDetails details, Instant at) {
    return new Product(details, 1, at, at);
  }

  /**
   * Returns the next version of this product, with other details.
   *
   * @param changed the new details, with the same sku
   * @param at the time of the change, to the microsecond
   * @throws IllegalArgumentException if the sku is different
   */
  public Product replacedBy(ProductDetails changed, Instant at) {
    if (!changed.sku().equals(sku())) {
      throw new IllegalArgumentException("the sku of a product must not change");
    }
    return new Product(changed, Math.addExact(version, 1), createdAt, at);
  }

  /** Returns the sku. */
  public Sku sku() {
    return details.sku();
  }

  /** Returns the price of one unit before discounts. */
  public UnitPrice unitPrice() {
    return details.unitPrice();
  }

  /** Returns whether the product can be ordered. */
  public boolean isActive() {
    return details.isActive();
  }
}
