package kassa.application.port.in.order;

import java.time.Instant;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.pricing.Quote;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/** Places an order: prices a cart under the active rules and stores it. */
public interface PlaceOrder {

  /**
   * Places one order. When this returns {@link Outcome.Placed}, the order is durable, even if the
   * process ends immediately, and its usage of the limits of rules is counted. With every other
   * outcome nothing is stored or counted.
   *
   * @throws kassa.application.idempotency.IdempotencyKeyTakenException if an order was placed with
   *     the idempotency key of the request; {@link PlaceOrderIdempotently} replays it
   * @throws kassa.application.port.out.StoreUnavailableException if the order could not be stored,
   *     or if it is unknown whether it was stored
   */
  Outcome place(Command command);

  /**
   * Command to place an order.
   *
   * @param draft the cart and its customer; the caller is the customer if they may not order for
   *     others
   * @param expectedTotal the total that the client expects, or {@code null}
   * @param priceHash the {@link kassa.domain.pricing.PricedCart#fingerprint()} that the client
   *     expects, or {@code null}
   * @param dropInvalidCodes whether rejected codes are ignored; if false, a rejected code refuses
   *     the order
   * @param placedAt the time in the past, to the microsecond, at which the order was placed: such
   *     an order has the price of its cart without rules; {@code null} for an order that is placed
   *     now
   * @param request the request with an idempotency key, whose record is stored with the order;
   *     {@code null} without a key
   * @param actor the name of the caller; {@code null} until it is known
   */
  record Command(
      CartDraft draft,
      @Nullable Money expectedTotal,
      @Nullable String priceHash,
      boolean dropInvalidCodes,
      @Nullable Instant placedAt,
      @Nullable IdempotentRequest request,
      @Nullable String actor) {

    /** Command whose caller is not known yet. */
    public Command(
        CartDraft draft,
        @Nullable Money expectedTotal,
        @Nullable String priceHash,
        boolean dropInvalidCodes,
        @Nullable Instant placedAt,
        @Nullable IdempotentRequest request) {
      this(draft, expectedTotal, priceHash, dropInvalidCodes, placedAt, request, null);
    }

    /** Command without an expected price, for which rejected codes refuse the order. */
    public Command(CartDraft draft) {
      this(draft, null, null, false, null, null);
    }

    /** Returns the same command of a request with an idempotency key. */
    public Command withRequest(IdempotentRequest keyed) {
      return new Command(draft, expectedTotal, priceHash, dropInvalidCodes, placedAt, keyed, actor);
    }

    /** Returns the same command of a caller, for the cart that they may order. */
    public Command by(String caller, CartDraft allowed) {
      return new Command(
          allowed, expectedTotal, priceHash, dropInvalidCodes, placedAt, request, caller);
    }
  }

  /** Outcome of {@link #place}. */
  sealed interface Outcome {

    /**
     * The order was placed.
     *
     * @param order the order as stored
     */
    record Placed(Order order) implements Outcome {}

    /**
     * Some codes do not apply; nothing was stored.
     *
     * @param quote the price without these codes; its rejections list the codes and the reasons
     */
    record CodesRejected(Quote quote) implements Outcome {}

    /**
     * The price differs from the expected one; nothing was stored.
     *
     * @param quote the current price
     */
    record PriceChanged(Quote quote) implements Outcome {}

    /**
     * The cart has no price; nothing was stored.
     *
     * @param refusal the reason
     */
    record CartRefused(CartRefusal refusal) implements Outcome {}

    /** The time of the order is in the future; nothing was stored. */
    record PlacedInFuture() implements Outcome {}

    /**
     * A usage limit does not allow this order together with the orders before it in its atomic
     * batch; nothing was stored.
     *
     * @param counter the counter of the exhausted limit
     */
    record LimitExhausted(UsageCounter counter) implements Outcome {}

    /** Concurrent orders used up the same limits in every attempt; retry. */
    record ConcurrentModification() implements Outcome {}
  }
}
