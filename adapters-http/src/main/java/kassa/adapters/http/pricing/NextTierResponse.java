package kassa.adapters.http.pricing;

import java.math.BigDecimal;
import kassa.domain.pricing.engine.NextTierHints.NextTier;

/**
 * Hint about the next discount tier: the quantity to add for a better price.
 *
 * @param sku the product
 * @param addQuantity quantity to add
 * @param label label of the discount for the customer
 * @param newTotal total of the cart with this quantity
 */
public record NextTierResponse(String sku, BigDecimal addQuantity, String label, String newTotal) {

  static NextTierResponse of(NextTier tier) {
    return new NextTierResponse(
        tier.sku().value(),
        tier.addQuantity().toBigDecimal(),
        tier.label(),
        tier.newTotal().toPlainString());
  }
}
