package kassa.application.port.in.order;

import java.util.List;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.StoredResponse;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.UnavailableItem;
import kassa.domain.InvalidValueException;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.pricing.Quote;
import org.jspecify.annotations.Nullable;

/** Prices a cart under the rules in force and keeps it as an order. */
public interface PlaceOrder {

  /**
   * Places one order. When this returns {@link Outcome.Placed}, the order survives whatever happens
   * to the process, and has taken what it uses of the limits of rules. Whatever else this returns,
   * nothing is kept and nothing taken.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the order could not be kept, or
   *     if it is not known whether it was
   */
  default Outcome place(Command command) {
    return place(command, null);
  }

  /**
   * Places one order as above, once however often the call is sent.
   *
   * @param request the call, if it has a key; its answer is kept in the transaction of the order
   * @throws kassa.application.port.out.StoreUnavailableException if the order could not be kept, or
   *     if it is not known whether it was
   */
  Outcome place(Command command, @Nullable IdempotentRequest<Order> request);

  /**
   * What to place.
   *
   * @param draft what is bought, and by whom: by the caller, if they may not order for others
   * @param expectedTotal what the sender expects to pay, if they say
   * @param priceHash the {@link kassa.domain.pricing.PricedCart#fingerprint()} that the sender
   *     expects, if they say
   * @param dropInvalidCodes whether codes that bring nothing are passed over; the order is refused
   *     otherwise
   */
  record Command(
      CartDraft draft,
      @Nullable Money expectedTotal,
      @Nullable String priceHash,
      boolean dropInvalidCodes) {

    /** An order of which nothing is expected. */
    public Command(CartDraft draft) {
      this(draft, null, null, false);
    }
  }

  /** What came of it. */
  sealed interface Outcome {

    /**
     * The order was accepted.
     *
     * @param order the order as it is kept
     */
    record Placed(Order order) implements Outcome {}

    /**
     * Some codes bring nothing.
     *
     * @param quote the price without them; its rejections tell which, and why
     */
    record CodesRejected(Quote quote) implements Outcome {}

    /**
     * The price is not the one that was expected.
     *
     * @param quote the price now
     */
    record PriceChanged(Quote quote) implements Outcome {}

    /**
     * Some lines have no price.
     *
     * @param items which, and why
     */
    record UnavailableItems(List<UnavailableItem> items) implements Outcome {

      public UnavailableItems {
        items = List.copyOf(items);
      }
    }

    /**
     * With the prices of the catalogue it is no cart.
     *
     * @param reason why
     */
    record InvalidCart(InvalidValueException reason) implements Outcome {}

    /**
     * The same call was answered before; nothing was placed now.
     *
     * @param response what was answered then
     */
    record Replayed(StoredResponse response) implements Outcome {}

    /** The same call is under way. */
    record InProgress() implements Outcome {}

    /** The key of the call names another request. */
    record KeyReused() implements Outcome {}

    /** Others took of the same limits each time that this order tried; it may try again. */
    record ConcurrentModification() implements Outcome {}
  }
}
