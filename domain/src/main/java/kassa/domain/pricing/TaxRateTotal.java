package kassa.domain.pricing;

import kassa.domain.money.Money;
import kassa.domain.money.Percentage;

/**
 * Total of the lines and the shipping with one tax rate.
 *
 * @param rate the tax rate
 * @param net the price after discounts, without tax
 * @param tax the tax; {@code net} plus {@code tax} is the price to pay
 */
public record TaxRateTotal(Percentage rate, Money net, Money tax) {

  /** Returns the sum with another total of the same rate. */
  TaxRateTotal plus(TaxRateTotal other) {
    return new TaxRateTotal(rate, net.plus(other.net), tax.plus(other.tax));
  }
}
