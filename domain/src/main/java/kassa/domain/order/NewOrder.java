package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.usage.LimitReservation;
import kassa.domain.usage.Redemption;
import org.jspecify.annotations.Nullable;

/**
 * Priced order that is not stored yet and has no number.
 *
 * @param id the id of the order, never used before
 * @param content what is ordered, by whom, and at what price
 * @param trace the outcome of each rule
 * @param redemptions the uses of rules by this order
 * @param reservations the reservations against usage limits, in lock order
 * @param arrivedAt the time at which the order arrived, to the microsecond: later than the time of
 *     placement if the order is from the past
 */
public record NewOrder(
    OrderId id,
    OrderContent content,
    List<RuleTrace> trace,
    List<Redemption> redemptions,
    List<LimitReservation> reservations,
    Instant arrivedAt) {

  /** Copies the lists. */
  public NewOrder {
    trace = List.copyOf(trace);
    redemptions = List.copyOf(redemptions);
    reservations = List.copyOf(reservations);
  }

  /** Creates an order that arrived when it was placed. */
  public NewOrder(
      OrderId id,
      OrderContent content,
      List<RuleTrace> trace,
      List<Redemption> redemptions,
      List<LimitReservation> reservations) {
    this(id, content, trace, redemptions, reservations, content.placedAt());
  }

  /** Creates an order that uses no rule. */
  public NewOrder(OrderId id, OrderContent content) {
    this(id, content, List.of(), List.of(), List.of());
  }

  /** Returns the customer; {@code null} if anonymous. */
  public @Nullable CustomerId customer() {
    return content.customer();
  }

  /** Returns the channel and customer group of the request. */
  public OrderContext context() {
    return content.context();
  }

  /** Returns the priced cart. */
  public PricedCart price() {
    return content.price();
  }

  /** Returns the codes that did not apply, and the rules whose limit was reached. */
  public List<Rejection> rejected() {
    return content.rejected();
  }

  /** Returns the metadata of the client. */
  public Metadata metadata() {
    return content.metadata();
  }

  /** Returns the time of placement, to the microsecond. */
  public Instant placedAt() {
    return content.placedAt();
  }

  /** Returns a copy that arrived at another time. */
  public NewOrder withArrival(Instant at) {
    return new NewOrder(id, content, trace, redemptions, reservations, at);
  }

  /** Returns the stored order with a number, in the status {@link OrderStatus#PLACED}. */
  public Order toOrder(OrderNumber number) {
    return Order.placed(id, number, content, arrivedAt);
  }
}
