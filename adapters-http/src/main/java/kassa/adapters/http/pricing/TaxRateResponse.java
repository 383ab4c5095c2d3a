package kassa.adapters.http.pricing;

import java.util.List;
import kassa.domain.pricing.PricedCart;

/**
 * Tax of the lines and the shipping with one tax rate.
 *
 * @param taxRate tax rate in percent
 * @param net price after discounts, without tax
 * @param tax the tax
 */
public record TaxRateResponse(String taxRate, String net, String tax) {

  /** Converts the tax totals of a cart, lowest rate first. */
  public static List<TaxRateResponse> of(PricedCart price) {
    return price.taxRates().stream()
        .map(total ->
            new TaxRateResponse(
                total.rate().toString(), total.net().toPlainString(), total.tax().toPlainString()))
        .toList();
  }
}
