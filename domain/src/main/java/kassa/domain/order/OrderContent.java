package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The part of an order that is fixed at placement and never changes.
 *
 * @param customer the customer; {@code null} if anonymous
 * @param context the channel and customer group of the request
 * @param price the priced cart
 * @param rejected the codes that did not apply, and the rules without a code whose limit was
 *     reached
 * @param metadata the metadata of the client
 * @param placedAt the time of placement, to the microsecond
 */
public record OrderContent(
    @Nullable CustomerId customer,
    OrderContext context,
    PricedCart price,
    List<Rejection> rejected,
    Metadata metadata,
    Instant placedAt) {

  /** Copies the list. */
  public OrderContent {
    rejected = List.copyOf(rejected);
  }

  /** Creates a content without context and without rejections. */
  public OrderContent(
      @Nullable CustomerId customer, PricedCart price, Metadata metadata, Instant placedAt) {
    this(customer, OrderContext.NONE, price, List.of(), metadata, placedAt);
  }
}
