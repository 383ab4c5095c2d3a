package kassa.application.port.in.order;

import java.util.Optional;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;

/**
 * Finds an order by what stands for it. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the answer cannot be had; absence is
 * answered only when it is certain.
 */
public interface FindOrder {

  /** The order of this id, if there is one. */
  Optional<Order> byId(OrderId id);

  /** The order of this number, if there is one. */
  Optional<Order> byNumber(OrderNumber number);
}
