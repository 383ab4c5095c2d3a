package kassa.domain.pricing;

import org.jspecify.annotations.Nullable;

/**
 * Customer of a pricing request.
 *
 * @param id the id of the customer; {@code null} if anonymous
 * @param group the customer group; {@code null} if unknown
 * @param orderCount the number of earlier orders without cancelled ones; {@code null} if unknown
 */
public record Customer(@Nullable String id, @Nullable String group, @Nullable Long orderCount) {

  /** An anonymous customer. */
  public static final Customer ANONYMOUS = new Customer(null, null, null);
}
