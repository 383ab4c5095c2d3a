package kassa.application.port.in.pricing;

import java.util.Currency;
import java.util.List;
import java.util.SequencedSet;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.order.Metadata;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Shipping;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;

/**
 * A cart as it is sent: some lines may have to take their prices from the catalogue first.
 *
 * @param currency the currency of every price in it
 * @param items 1 to 500
 * @param codes what the buyer typed, at most 20
 * @param customer who buys; orders are counted when the sender does not say how many there were
 * @param shipping what it costs to bring it; {@code null} if it is not brought
 * @param channel where it comes from
 * @param pricesIncludeTax whether the prices of the lines contain their tax
 * @param metadata what the sender says beside
 */
public record CartDraft(
    Currency currency,
    List<Item> items,
    SequencedSet<Code> codes,
    Customer customer,
    @Nullable Shipping shipping,
    @Nullable String channel,
    boolean pricesIncludeTax,
    Metadata metadata) {

  /**
   * @throws InvalidValueException if there are no items, or too many, or too many codes
   */
  public CartDraft {
    items = List.copyOf(items);
    if (items.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "lines must hold at least one line");
    }
    if (items.size() > Cart.MAX_LINES) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "lines must hold at most " + Cart.MAX_LINES + " lines");
    }
    if (codes.size() > PricingRequest.MAX_CODES) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "codes must hold at most " + PricingRequest.MAX_CODES + " codes");
    }
  }

  /** The same for another customer. */
  public CartDraft withCustomer(Customer buyer) {
    return new CartDraft(
        currency, items, codes, buyer, shipping, channel, pricesIncludeTax, metadata);
  }

  /** One line of it. */
  public sealed interface Item {

    /**
     * A line with its price.
     *
     * @param line the line
     */
    record Priced(CartLine line) implements Item {}

    /**
     * A line that costs what the catalogue says.
     *
     * @param sku what is bought
     * @param quantity how many
     */
    record FromCatalogue(Sku sku, Quantity quantity) implements Item {}
  }
}
