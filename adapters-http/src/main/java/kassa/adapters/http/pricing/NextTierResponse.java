package kassa.adapters.http.pricing;

import java.math.BigDecimal;
import kassa.domain.pricing.engine.NextTierHints.NextTier;

/**
 * What would have to be added for a better price.
 *
 * @param sku of what
 * @param addQuantity how many more
 * @param label what the buyer is told the discount then is
 * @param newTotal what the cart would cost then
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
