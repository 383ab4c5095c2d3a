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
 * Cart as received in a request: the prices of some items may still have to be looked up in the
 * catalogue.
 *
 * @param currency the currency of all prices
 * @param items 1 to 500 items
 * @param codes the codes that the customer entered, at most 20
 * @param customer the customer; the orders of the customer are counted if the request does not
 *     contain their number
 * @param shipping the shipping costs; {@code null} if nothing is shipped
 * @param channel the sales channel, or {@code null}
 * @param pricesIncludeTax whether the line prices include tax
 * @param metadata free key-value data of the request
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
   * @throws InvalidValueException if there are no items, too many items or too many codes
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

  /** Returns a copy with another customer. */
  public CartDraft withCustomer(Customer buyer) {
    return new CartDraft(
        currency, items, codes, buyer, shipping, channel, pricesIncludeTax, metadata);
  }

  /** Item of the cart draft. */
  public sealed interface Item {

    /**
     * Item with an explicit price.
     *
     * @param line the line
     */
    record Priced(CartLine line) implements Item {}

    /**
     * Item with the price of the catalogue.
     *
     * @param sku the SKU of the product
     * @param quantity the quantity
     */
    record FromCatalogue(Sku sku, Quantity quantity) implements Item {}
  }
}
