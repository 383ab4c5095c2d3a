package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.usage.LimitReservation;
import kassa.domain.usage.Redemption;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is decided and not yet kept: all of it but its number.
 *
 * @param id its id, never used before
 * @param customer who buys, if the sender said
 * @param context what else the sender said
 * @param price what is bought, and the price that it keeps
 * @param rejected the codes that brought nothing, and the rules that a limit stopped
 * @param trace what became of each rule
 * @param redemptions the uses that it makes of rules
 * @param reservations what it takes of their limits, in the order of locking
 * @param metadata what the sender wants to find on it again
 * @param placedAt when it was decided, to the microsecond
 */
public record NewOrder(
    OrderId id,
    @Nullable CustomerId customer,
    OrderContext context,
    PricedCart price,
    List<Rejection> rejected,
    List<RuleTrace> trace,
    List<Redemption> redemptions,
    List<LimitReservation> reservations,
    Metadata metadata,
    Instant placedAt) {

  public NewOrder {
    rejected = List.copyOf(rejected);
    trace = List.copyOf(trace);
    redemptions = List.copyOf(redemptions);
    reservations = List.copyOf(reservations);
  }

  /** An order that uses no rule. */
  public NewOrder(
      OrderId id,
      @Nullable CustomerId customer,
      PricedCart price,
      Metadata metadata,
      Instant placedAt) {
    this(
        id,
        customer,
        OrderContext.NONE,
        price,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        metadata,
        placedAt);
  }

  /** The order that comes of it when it is kept under this number. */
  public Order toOrder(OrderNumber number) {
    return new Order(
        id,
        number,
        new OrderState.Placed(),
        customer,
        context,
        1,
        price,
        rejected,
        Money.zero(price.currency()),
        metadata,
        placedAt,
        placedAt);
  }
}
