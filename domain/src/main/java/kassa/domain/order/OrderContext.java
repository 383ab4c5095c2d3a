package kassa.domain.order;

import org.jspecify.annotations.Nullable;

/**
 * What was said of an order beside its cart, as rules asked for it.
 *
 * @param channel where it came from
 * @param customerGroup the group that the customer belonged to
 */
public record OrderContext(@Nullable String channel, @Nullable String customerGroup) {

  /** Nothing was said. */
  public static final OrderContext NONE = new OrderContext(null, null);
}
