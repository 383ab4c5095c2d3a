package kassa.adapters.http;

import java.util.Optional;
import java.util.function.Supplier;
import kassa.application.port.in.FindOrder;
import kassa.domain.InvalidValueException;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;

/** Finds orders by what stands for them in a path: the id or the number. */
final class OrderNames {

  private OrderNames() {}

  static Optional<Order> find(FindOrder orders, String idOrNumber) {
    return idOrNumber.matches("[0-9]{1,18}")
        ? possible(() -> new OrderNumber(Long.parseLong(idOrNumber))).flatMap(orders::byNumber)
        : id(idOrNumber).flatMap(orders::byId);
  }

  /** The id that a text is, if it can be one. */
  static Optional<OrderId> id(String text) {
    return possible(() -> OrderId.parse(text));
  }

  private static <T> Optional<T> possible(Supplier<T> name) {
    try {
      return Optional.of(name.get());
    } catch (InvalidValueException impossible) {
      return Optional.empty();
    }
  }
}
