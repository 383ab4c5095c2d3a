package kassa.application.port.in.order;

import java.util.Optional;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;

/**
 * Finds one order by its id or number. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the store cannot be read. An empty
 * result always means that no such order exists.
 */
public interface FindOrder {

  /** Returns the order with this id, or empty if it does not exist. */
  Optional<Order> byId(OrderId id);

  /** Returns the order with this number, or empty if it does not exist. */
  Optional<Order> byNumber(OrderNumber number);
}
