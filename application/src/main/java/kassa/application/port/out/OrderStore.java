package kassa.application.port.out;

import java.util.List;
import java.util.Optional;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import org.jspecify.annotations.Nullable;

/**
 * Keeps orders. Implementations may be called by any number of threads. Every method throws {@link
 * StoreUnavailableException} when the store cannot be asked; absence is never answered instead.
 *
 * <p>An order is kept whole or not at all, and what is read back equals what was answered when it
 * was accepted.
 */
public interface OrderStore {

  /**
   * Keeps an order under the next free number. When this returns, the order is durable: it survives
   * the end of the process at any moment.
   *
   * @throws IllegalStateException if there is an order of this id already; nothing is changed
   */
  Order accept(NewOrder order);

  /** The order of this id, if there is one. */
  Optional<Order> find(OrderId id);

  /** The order of this number, if there is one. */
  Optional<Order> find(OrderNumber number);

  /**
   * Orders by the time at which they were placed and then by id, both falling.
   *
   * @param after the position behind which to begin; at the newest if {@code null}
   * @param limit the most orders to return, 1 or more
   */
  List<Order> newestFirst(@Nullable OrderPosition after, int limit);
}
