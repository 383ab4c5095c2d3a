package kassa.domain.order;

import java.time.Instant;
import kassa.domain.money.Money;
import kassa.domain.pricing.PricedCart;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is decided and not yet kept: all of it but its number.
 *
 * @param id its id, never used before
 * @param customer who buys, if the sender said
 * @param price what is bought, and the price that it keeps
 * @param metadata what the sender wants to find on it again
 * @param placedAt when it was decided, to the microsecond
 */
public record NewOrder(
    OrderId id,
    @Nullable CustomerId customer,
    PricedCart price,
    Metadata metadata,
    Instant placedAt) {

  /** The order that comes of it when it is kept under this number. */
  public Order accepted(OrderNumber number) {
    return new Order(
        id,
        number,
        OrderStatus.PLACED,
        customer,
        1,
        price,
        Money.zero(price.currency()),
        metadata,
        placedAt,
        placedAt);
  }
}
