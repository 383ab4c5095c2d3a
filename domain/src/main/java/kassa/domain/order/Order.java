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
 * An order that was accepted. Its price and the reasons for it are those of the moment when it was
 * placed, whatever rules come later.
 *
 * @param id names it for programs
 * @param number names it for people
 * @param state how far it has come
 * @param customer who buys, if the sender said
 * @param context what else the sender said
 * @param version 1 or more, one higher with each change
 * @param price what is bought, and for how much
 * @param rejected the codes that brought nothing, and the rules that a limit stopped
 * @param refundedTotal what was given back, at most what was paid
 * @param metadata what the sender wants to find on it again
 * @param placedAt when it was placed, to the microsecond
 * @param updatedAt when it last changed, to the microsecond
 */
public record Order(
    OrderId id,
    OrderNumber number,
    OrderState state,
    @Nullable CustomerId customer,
    OrderContext context,
    int version,
    PricedCart price,
    List<Rejection> rejected,
    Money refundedTotal,
    Metadata metadata,
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
    Money paid = state.isPaid() ? price.total() : Money.zero(price.currency());
    if (refundedTotal.isNegative() || paid.minus(refundedTotal).isNegative()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "refundedTotal must be from zero to what was paid");
    }
  }

  /** An order of which nothing else was said, and of which nothing was rejected. */
  public Order(
      OrderId id,
      OrderNumber number,
      OrderState state,
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
        state,
        customer,
        OrderContext.NONE,
        version,
        price,
        List.of(),
        refundedTotal,
        metadata,
        placedAt,
        updatedAt);
  }

  /** The word for how far it has come. */
  public OrderStatus status() {
    return state.status();
  }

  /** Why it was cancelled, if it was and somebody said; 1 to 500 characters. */
  public @Nullable String cancelReason() {
    return state instanceof OrderState.Cancelled cancelled ? cancelled.reason() : null;
  }

  /** What was paid: all of it or nothing. */
  public Money paidTotal() {
    return state.isPaid() ? price.total() : Money.zero(price.currency());
  }

  /**
   * How the order changes by a move; empty if its state does not allow it.
   *
   * @param reason why, if somebody says; 1 to 500 characters
   * @param at when, to the microsecond
   * @param actor who does it, as far as that is known
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

  /** How the order changes by a refund that was granted. */
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
    return new Order(
        id,
        number,
        next,
        customer,
        context,
        version + 1,
        price,
        rejected,
        refunded,
        metadata,
        placedAt,
        at);
  }

  /** The same order under this number. */
  public Order withNumber(OrderNumber number) {
    return new Order(
        id,
        number,
        state,
        customer,
        context,
        version,
        price,
        rejected,
        refundedTotal,
        metadata,
        placedAt,
        updatedAt);
  }

  /** Where the order stands among all orders. */
  public OrderSortKey sortKey() {
    return OrderSortKey.of(placedAt, id, price.total());
  }
}
