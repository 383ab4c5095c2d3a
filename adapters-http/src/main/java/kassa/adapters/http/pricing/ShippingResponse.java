package kassa.adapters.http.pricing;

import kassa.domain.pricing.PricedShipping;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to bring the goods.
 *
 * @param amount before discounts
 * @param method how they are brought, if that was said
 * @param total after discounts
 */
public record ShippingResponse(
    String amount, @Nullable String method, String discountTotal, String total) {

  public static @Nullable ShippingResponse of(@Nullable PricedShipping priced) {
    return priced == null
        ? null
        : new ShippingResponse(
            priced.shipping().amount().toPlainString(),
            priced.shipping().method(),
            priced.discountTotal().toPlainString(),
            priced.total().toPlainString());
  }
}
