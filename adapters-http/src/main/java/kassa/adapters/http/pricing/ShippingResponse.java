package kassa.adapters.http.pricing;

import kassa.domain.pricing.PricedShipping;
import org.jspecify.annotations.Nullable;

/**
 * Price of shipping.
 *
 * @param amount amount before discounts
 * @param method shipping method; may be {@code null}
 * @param total amount after discounts
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
