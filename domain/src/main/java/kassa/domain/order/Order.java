package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * An order that was accepted. Its price and the reasons for it are those of the moment when it was
 * placed, whatever rules come later.
 *
 * @param id names it for programs
 * @param number names it for people
 * @param status how far it has come
 * @param customer who buys, if the sender said
 * @param context what else the sender said
 * @param version 1 or more, one higher with each change
 * @param price what is bought, and for how much
 * @param rejected the codes that brought nothing, and the rules that a limit stopped
 * @param refundedTotal what was given back, at most the total
 * @param metadata what the sender wants to find on it again
 * @param cancelReason why it was cancelled, if it was and somebody said; 1 to 500 characters
 * @param placedAt when it was placed, to the microsecond
 * @param updatedAt when it last changed, to the microsecond
 */
public record Order(
    OrderId id,
    OrderNumber number,
    OrderStatus status,
    @Nullable CustomerId customer,
    OrderContext context,
    int version,
    PricedCart price,
    List<Rejection> rejected,
    Money refundedTotal,
    Metadata metadata,
    @Nullable String cancelReason,
    Instant placedAt,
    Instant updatedAt) {

  /**
   * @throws InvalidValueException if the version is below one, or if more was given back than paid
   */
  public Order {
    rejected = List.copyOf(rejected);
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
    if (refundedTotal.isNegative() || price.total().minus(refundedTotal).isNegative()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "refundedTotal must be from zero to the total");
    }
  }

  /** An order of which nothing else was said, and of which nothing was rejected. */
  public Order(
      OrderId id,
      OrderNumber number,
      OrderStatus status,
      @Nullable CustomerId customer,
      int version,
      PricedCart price,
      Money refundedTotal,
      Metadata metadata,
      Instant placedAt,
      Instant updatedAt) {
    this(
        id,
        number,
        status,
        customer,
        OrderContext.NONE,
        version,
        price,
        List.of(),
        refundedTotal,
        metadata,
        null,
        placedAt,
        updatedAt);
  }

  /** The order after it was cancelled. */
  public Order cancelled(@Nullable String reason, Instant at) {
    return new Order(
        id,
        number,
        OrderStatus.CANCELLED,
        customer,
        context,
        version + 1,
        price,
        rejected,
        refundedTotal,
        metadata,
        reason,
        placedAt,
        at);
  }

  /** Where the order stands among all orders. */
  public OrderPosition position() {
    return OrderPosition.of(placedAt, id, price.total());
  }
}
