package kassa.application.port.in.pricing;

/**
 * Cart item without a price.
 *
 * @param itemIndex the index of the item, from 0
 * @param reason why it has no price
 */
public record UnavailableItem(int itemIndex, Reason reason) {

  /** Reason why an item has no price. */
  public enum Reason {
    /** The catalogue does not contain the product. */
    UNKNOWN_PRODUCT,
    /** The product is inactive. */
    INACTIVE_PRODUCT,
    /** The product is priced in another currency. */
    CURRENCY_MISMATCH
  }
}
