package kassa.domain.report;

import java.math.BigDecimal;
import kassa.domain.money.Money;

/**
 * What was sold, in one currency. What was paid is {@code net} and {@code tax}.
 *
 * @param orders how many orders
 * @param units how many units of all lines, to three decimal places
 * @param gross what lines and shipping cost before discounts; contains the tax that prices contain
 * @param discounts what came off
 * @param net what was to be paid, without tax
 * @param tax the tax on it
 * @param refunds what was given back of it since
 */
public record SalesFigures(
    long orders,
    BigDecimal units,
    Money gross,
    Money discounts,
    Money net,
    Money tax,
    Money refunds) {

  /** The decimal places of units. */
  public static final int DECIMAL_PLACES = 3;

  public SalesFigures {
    units = units.setScale(DECIMAL_PLACES);
  }
}
