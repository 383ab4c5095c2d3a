package kassa.application.port.in.pricing;

/**
 * A line that has no price.
 *
 * @param itemIndex its place among the items, from 0
 * @param reason why
 */
public record UnavailableItem(int itemIndex, Reason reason) {

  /** Why a line has no price. */
  public enum Reason {
    /** The catalogue has no such product. */
    UNKNOWN_PRODUCT,
    /** The product is not sold at present. */
    INACTIVE_PRODUCT,
    /** The product is sold in another currency. */
    CURRENCY_MISMATCH
  }
}
