package kassa.adapters.http.order;

import java.util.Optional;
import java.util.function.Supplier;
import kassa.application.port.in.order.FindOrder;
import kassa.domain.InvalidValueException;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;

/** Finds orders by the path parameter: the order id or the order number. */
public final class OrderReference {

  private OrderReference() {}

  public static Optional<Order> find(FindOrder orders, String idOrNumber) {
    return idOrNumber.matches("[0-9]{1,18}")
        ? parseOrEmpty(() -> new OrderNumber(Long.parseLong(idOrNumber))).flatMap(orders::byNumber)
        : parseId(idOrNumber).flatMap(orders::byId);
  }

  /** Parses an order id; empty if the text is not one. */
  public static Optional<OrderId> parseId(String text) {
    return parseOrEmpty(() -> OrderId.parse(text));
  }

  private static <T> Optional<T> parseOrEmpty(Supplier<T> name) {
    try {
      return Optional.of(name.get());
    } catch (InvalidValueException invalid) {
      return Optional.empty();
    }
  }
}
