package kassa.domain.pricing;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the one who buys.
 *
 * @param id names the customer, as the shop knows them
 * @param group the group that they belong to
 * @param orderCount their earlier orders, without those that were cancelled; zero or more
 */
public record Customer(@Nullable String id, @Nullable String group, @Nullable Long orderCount) {

  /** Somebody of whom nothing is known. */
  public static final Customer ANONYMOUS = new Customer(null, null, null);
}
