package kassa.adapters.http.pricing;

import kassa.domain.money.Percentage;
import kassa.domain.pricing.PricedShipping;
import org.jspecify.annotations.Nullable;

/**
 * Price of shipping.
 *
 * @param amount amount before discounts
 * @param method shipping method; may be {@code null}
 * @param taxRate tax rate in percent; {@code null} for no tax
 * @param taxTotal tax on the amount after discounts
 * @param total amount after discounts, with tax
 */
public record ShippingResponse(
    String amount,
    @Nullable String method,
    @Nullable String taxRate,
    String discountTotal,
    String taxTotal,
    String total) {

  public static @Nullable ShippingResponse of(@Nullable PricedShipping priced) {
    if (priced == null) {
      return null;
    }
    Percentage taxRate = priced.shipping().taxRate();
    return new ShippingResponse(
        priced.shipping().amount().toPlainString(),
        priced.shipping().method(),
        taxRate == null ? null : taxRate.toString(),
        priced.discountTotal().toPlainString(),
        priced.taxTotal().toPlainString(),
        priced.total().toPlainString());
  }
}
