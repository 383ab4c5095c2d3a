package kassa.adapters.persistence;

import java.util.List;
import java.util.Optional;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import org.jspecify.annotations.Nullable;

/** Keeps orders in four tables. May be used by any number of threads. */
final class JdbiOrderStore implements OrderStore {

  private final Database database;

  JdbiOrderStore(Database database) {
    this.database = database;
  }

  @Override
  public Order accept(NewOrder order) {
    OrderNumber number =
        database.change("keep an order", handle -> OrderWriter.insert(handle, order));
    return order.accepted(number);
  }

  @Override
  public Optional<Order> find(OrderId id) {
    return database.ask("find an order", handle -> OrderReader.find(handle, id));
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    return database.ask("find an order", handle -> OrderReader.find(handle, number));
  }

  @Override
  public List<Order> newestFirst(@Nullable OrderPosition after, int limit) {
    return database.ask("list orders", handle -> OrderReader.newestFirst(handle, after, limit));
  }
}
