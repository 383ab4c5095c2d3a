package kassa.application.port.in;

/**
 * A line that has no price.
 *
 * @param item its place among the items, from 0
 * @param reason why
 */
public record UnsellableItem(int item, Reason reason) {

  /** Why a line has no price. */
  public enum Reason {
    /** The catalogue has no such product. */
    UNKNOWN_PRODUCT,
    /** The product is not sold at present. */
    INACTIVE_PRODUCT,
    /** The product is sold in another currency. */
    OTHER_CURRENCY
  }
}
