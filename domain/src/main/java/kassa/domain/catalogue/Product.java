package kassa.domain.catalogue;

import java.time.Instant;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.UnitPrice;

/**
 * A product as the catalogue has it.
 *
 * @param details what the shop says of it
 * @param version 1 or more, one higher with each change
 * @param createdAt when it came into the catalogue, to the microsecond
 * @param updatedAt when it last changed, to the microsecond
 */
public record Product(ProductDetails details, int version, Instant createdAt, Instant updatedAt) {

  /**
   * @throws InvalidValueException if the version is below one
   */
  public Product {
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
  }

  /** A product that is new in the catalogue. */
  public static Product create(ProductDetails details, Instant at) {
    return new Product(details, 1, at, at);
  }

  /**
   * This product once the shop says something else of it.
   *
   * @param changed of the same sku
   * @throws IllegalArgumentException if the sku is another one
   */
  public Product replacedBy(ProductDetails changed, Instant at) {
    if (!changed.sku().equals(sku())) {
      throw new IllegalArgumentException("a product keeps its sku");
    }
    return new Product(changed, Math.addExact(version, 1), createdAt, at);
  }

  /** Names the product. */
  public Sku sku() {
    return details.sku();
  }

  /** What one of it costs before any rule. */
  public UnitPrice unitPrice() {
    return details.unitPrice();
  }

  /** Whether it is sold. */
  public boolean isActive() {
    return details.isActive();
  }
}
