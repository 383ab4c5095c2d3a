package kassa.domain.order;

import java.math.BigDecimal;
import java.time.Instant;
import kassa.domain.money.Money;

/**
 * Sort key of an order for keyset pagination, for every {@link OrderSort}.
 *
 * @param placedAt the time of placement, to the microsecond
 * @param id the id, which breaks ties
 * @param total the total in the major unit of the currency, with {@value #DECIMAL_PLACES} decimal
 *     places
 */
public record OrderSortKey(Instant placedAt, OrderId id, BigDecimal total) {

  /** The number of decimal places of the total; no currency has more. */
  public static final int DECIMAL_PLACES = 4;

  /**
   * Sets the scale of the total.
   *
   * @throws ArithmeticException if the total has more decimal places
   */
  public OrderSortKey {
    total = total.setScale(DECIMAL_PLACES);
  }

  /** Returns the sort key of an order with a total. */
  public static OrderSortKey of(Instant placedAt, OrderId id, Money total) {
    return new OrderSortKey(placedAt, id, total.toBigDecimal());
  }
}
