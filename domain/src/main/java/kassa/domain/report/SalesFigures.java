package kassa.domain.report;

import java.math.BigDecimal;
import kassa.domain.money.MoneySum;

/**
 * Sales figures in one currency. The amount paid is {@code net} plus {@code tax}.
 *
 * @param orders the number of orders
 * @param units the number of units of all lines, to three decimal places
 * @param gross the price of lines and shipping before discounts; includes tax if the prices do
 * @param discounts the total of the discounts
 * @param net the price after discounts, without tax
 * @param tax the tax
 * @param refunds the total of the refunds, with tax
 * @param refundedTax the tax in the refunds
 */
public record SalesFigures(
    long orders,
    BigDecimal units,
    MoneySum gross,
    MoneySum discounts,
    MoneySum net,
    MoneySum tax,
    MoneySum refunds,
    MoneySum refundedTax) {

  /** The number of decimal places of {@code units}. */
  public static final int DECIMAL_PLACES = 3;

  /** Sets the scale of {@code units}. */
  public SalesFigures {
    units = units.setScale(DECIMAL_PLACES);
  }

  /** Returns the sum with the figures of other orders in the same currency. */
  public SalesFigures plus(SalesFigures other) {
    return new SalesFigures(
        orders + other.orders,
        units.add(other.units),
        gross.plus(other.gross),
        discounts.plus(other.discounts),
        net.plus(other.net),
        tax.plus(other.tax),
        refunds.plus(other.refunds),
        refundedTax.plus(other.refundedTax));
  }

  /** Returns the net sales: the net price without the refunds, both without tax. */
  public MoneySum netSales() {
    return net.minus(refunds.minus(refundedTax));
  }
}
