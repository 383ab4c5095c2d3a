package kassa.domain.order;

import java.math.BigDecimal;
import java.time.Instant;
import kassa.domain.money.Money;

/**
 * Where an order stands among all orders, by whatever they are sorted.
 *
 * @param placedAt when it was placed, to the microsecond
 * @param id its id, which decides where all else is the same
 * @param total what it costs, in the major unit of its currency and to {@value #DECIMAL_PLACES}
 *     places
 */
public record OrderSortKey(Instant placedAt, OrderId id, BigDecimal total) {

  /** The decimal places of a total: no currency has more. */
  public static final int DECIMAL_PLACES = 4;

  /**
   * @throws ArithmeticException if the total has more decimal places than are kept
   */
  public OrderSortKey {
    total = total.setScale(DECIMAL_PLACES);
  }

  /** The position of an order that costs so much. */
  public static OrderSortKey of(Instant placedAt, OrderId id, Money total) {
    return new OrderSortKey(placedAt, id, total.toBigDecimal());
  }
}
