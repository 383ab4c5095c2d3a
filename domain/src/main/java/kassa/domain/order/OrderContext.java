package kassa.domain.order;

import org.jspecify.annotations.Nullable;

/**
 * Context of an order: properties of the request that rules can check, other than the cart.
 *
 * @param channel the sales channel; {@code null} if not given
 * @param customerGroup the group of the customer; {@code null} if not given
 */
public record OrderContext(@Nullable String channel, @Nullable String customerGroup) {

  /** The empty context. */
  public static final OrderContext NONE = new OrderContext(null, null);
}
