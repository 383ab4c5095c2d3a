package kassa.domain.pricing;

import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;

/**
 * So many of one thing, at a price each.
 *
 * @param sku the thing
 * @param quantity how many
 * @param unitPrice what one costs before any discount
 */
public record CartLine(Sku sku, Quantity quantity, UnitPrice unitPrice) {

  /** What the line costs before any discount, rounded once. */
  public Money subtotal() {
    return unitPrice.times(quantity);
  }
}
