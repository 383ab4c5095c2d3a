package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Stored order. Its price and discounts are those at the time of placement; later changes of rules
 * do not affect them. Immutable.
 *
 * @param id the id for programs
 * @param number the number for people
 * @param content the part that never changes
 * @param state the state in the lifecycle
 * @param refundedTotal the total of all refunds, at most the paid amount
 * @param version 1 or more, incremented with each change
 * @param updatedAt the time of the last change, to the microsecond
 */
public record Order(
    OrderId id,
    OrderNumber number,
    OrderContent content,
    OrderState state,
    Money refundedTotal,
    int version,
    Instant updatedAt) {

  /**
   * Validates the version and the refunds.
   *
   * @throws InvalidValueException if the version is below one, or if more was refunded than paid
   */
  public Order {
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
    Money paid = paidTotal(content, state);
    if (refundedTotal.isNegative() || paid.minus(refundedTotal).isNegative()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "refundedTotal must be from zero to the paid amount");
    }
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

  /** Returns the status. */
  public OrderStatus status() {
    return state.status();
  }

  /**
   * Returns the reason of the cancellation, 1 to 500 characters; {@code null} if the order is not
   * cancelled or no reason was given.
   */
  public @Nullable String cancelReason() {
    return state instanceof OrderState.Cancelled cancelled ? cancelled.reason() : null;
  }

  /** Returns the paid amount: the total of the order, or zero before payment. */
  public Money paidTotal() {
    return paidTotal(content, state);
  }

  private static Money paidTotal(OrderContent content, OrderState state) {
    PricedCart price = content.price();
    return state.isPaid() ? price.total() : Money.zero(price.currency());
  }

  /**
   * Returns the change of the order by a transition; empty if the state does not allow it.
   *
   * @param transition the transition
   * @param reason the reason, 1 to 500 characters; {@code null} if not given
   * @param at the time of the change, to the microsecond
   * @param actor the name of the caller; {@code null} if unknown
   */
  public Optional<OrderChange> transition(
      OrderTransition transition, @Nullable String reason, Instant at, @Nullable String actor) {
    return transition
        .apply(state, reason)
        .map(next ->
            new OrderChange(
                this,
                nextVersion(next, refundedTotal, at),
                List.of(
                    new OrderEvent(
                        at, actor, transition.eventKind(), status(), next.status(), reason)),
                List.of()));
  }

  /** Returns the change of the order by a granted refund. */
  OrderChange withRefund(Refund refund) {
    return new OrderChange(
        this,
        nextVersion(state, refundedTotal.plus(refund.total()), refund.at()),
        List.of(
            new OrderEvent(
                refund.at(),
                refund.actor(),
                OrderEvent.Kind.REFUNDED,
                status(),
                status(),
                refund.reason())),
        List.of(refund));
  }

  private Order nextVersion(OrderState next, Money refunded, Instant at) {
    return new Order(id, number, content, next, refunded, version + 1, at);
  }

  /**
   * Returns the order in its first version, before all changes.
   *
   * @param at the time of arrival
   */
  public Order asPlaced(Instant at) {
    return placed(id, number, content, at);
  }

  /**
   * Returns the order in an earlier version.
   *
   * @param earlier the version, from 1 to the current one
   * @param history all events, oldest first; the first is the placement
   * @param refunds all refunds
   * @param at the time of the change that led to this version
   */
  public Order asOf(int earlier, List<OrderEvent> history, List<Refund> refunds, Instant at) {
    OrderEvent last = history.get(earlier - 1);
    boolean paid =
        history.subList(0, earlier).stream()
            .anyMatch(event -> event.kind() == OrderEvent.Kind.PAID);
    String reason = last.to() == OrderStatus.CANCELLED ? cancelReason() : null;
    Money refunded = Money.zero(content.price().currency());
    for (Refund refund : refunds) {
      refunded = refund.version() <= earlier ? refunded.plus(refund.total()) : refunded;
    }
    return new Order(
        id, number, content, OrderState.of(last.to(), paid, reason), refunded, earlier, at);
  }

  /** Creates the first version of an order. */
  static Order placed(OrderId id, OrderNumber number, OrderContent content, Instant at) {
    return new Order(
        id,
        number,
        content,
        new OrderState.Placed(),
        Money.zero(content.price().currency()),
        1,
        at);
  }

  /** Returns the same order with another number. */
  public Order withNumber(OrderNumber number) {
    return new Order(id, number, content, state, refundedTotal, version, updatedAt);
  }

  /** Returns the sort key of the order. */
  public OrderSortKey sortKey() {
    return OrderSortKey.of(placedAt(), id, price().total());
  }
}
