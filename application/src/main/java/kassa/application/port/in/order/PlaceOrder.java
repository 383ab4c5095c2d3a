package kassa.application.port.in.order;

import java.time.Instant;
import java.util.List;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RequestFingerprint;
import kassa.application.idempotency.StoredResponse;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.UnavailableItem;
import kassa.domain.InvalidValueException;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.pricing.Quote;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/** Places an order: prices a cart under the active rules and stores it. */
public interface PlaceOrder {

  /**
   * Places one order without an idempotency key. When this returns {@link Outcome.Placed}, the
   * order is durable, even if the process ends immediately, and its usage of the limits of rules is
   * counted. With every other outcome nothing is stored or counted.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the order could not be stored,
   *     or if it is unknown whether it was stored
   */
  default Outcome place(Command command) {
    return place(command, null);
  }

  /**
   * Places one order as above, idempotently: the same request with the same key places one order,
   * however often it is retried.
   *
   * @param request the idempotent request, or {@code null} if it has no idempotency key; its
   *     response is stored in the same transaction as the order
   * @throws kassa.application.port.out.StoreUnavailableException if the order could not be stored,
   *     or if it is unknown whether it was stored
   */
  Outcome place(Command command, @Nullable IdempotentRequest<Order> request);

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
   */
  record Command(
      CartDraft draft,
      @Nullable Money expectedTotal,
      @Nullable String priceHash,
      boolean dropInvalidCodes,
      @Nullable Instant placedAt) {

    /** Command without an expected price, for which rejected codes refuse the order. */
    public Command(CartDraft draft) {
      this(draft, null, null, false, null);
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
     * Some lines have no price; nothing was stored.
     *
     * @param items the lines without a price, and the reasons
     */
    record UnavailableItems(List<UnavailableItem> items) implements Outcome {

      public UnavailableItems {
        items = List.copyOf(items);
      }
    }

    /**
     * The cart is invalid with its catalogue prices; nothing was stored.
     *
     * @param reason why the cart is invalid
     */
    record InvalidCart(InvalidValueException reason) implements Outcome {}

    /** The time of the order is in the future; nothing was stored. */
    record PlacedInFuture() implements Outcome {}

    /**
     * Replay: the same request was completed before; nothing was placed now.
     *
     * @param response the stored response
     */
    record Replayed(StoredResponse response) implements Outcome {}

    /** The same request is in progress. */
    record InProgress() implements Outcome {}

    /**
     * The idempotency key was used for a different request.
     *
     * @param difference what differs
     */
    record KeyReused(RequestFingerprint.Difference difference) implements Outcome {}

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
