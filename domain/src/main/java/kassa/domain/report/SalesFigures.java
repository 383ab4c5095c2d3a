package kassa.domain.report;

import java.math.BigDecimal;
import kassa.domain.money.Money;

/**
 * Sales figures in one currency. The amount paid is {@code net} plus {@code tax}.
 *
 * @param orders the number of orders
 * @param units the number of units of all lines, to three decimal places
 * @param gross the price of lines and shipping before discounts; includes tax if the prices do
 * @param discounts the total of the discounts
 * @param net the price after discounts, without tax
 * @param tax the tax
 * @param refunds the total of the refunds of these orders
 */
public record SalesFigures(
    long orders,
    BigDecimal units,
    Money gross,
    Money discounts,
    Money net,
    Money tax,
    Money refunds) {

  /** The number of decimal places of {@code units}. */
  public static final int DECIMAL_PLACES = 3;

  /** Sets the scale of {@code units}. */
  public SalesFigures {
    units = units.setScale(DECIMAL_PLACES);
  }
}
