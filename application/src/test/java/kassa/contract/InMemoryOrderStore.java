package kassa.contract;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import org.jspecify.annotations.Nullable;

/** The store of tests that need none: it forgets everything, and can be taken away. */
public final class InMemoryOrderStore implements OrderStore, StoreProbe {

  private static final Comparator<OrderPosition> NEWEST_FIRST =
      Comparator.comparing(OrderPosition::placedAt)
          .thenComparing(position -> position.id().value())
          .reversed();

  private final AtomicLong lastNumber = new AtomicLong();
  private final ConcurrentSkipListMap<OrderPosition, Order> orders =
      new ConcurrentSkipListMap<>(NEWEST_FIRST);
  private volatile boolean unavailable;

  /** From now on every call finds the store gone. */
  public void takeAway() {
    unavailable = true;
  }

  /** From now on the store is there again, with all that it kept. */
  public void bringBack() {
    unavailable = false;
  }

  @Override
  public synchronized Order accept(NewOrder order) {
    probe();
    if (find(order.id()).isPresent()) {
      throw new IllegalStateException("there is an order of this id already");
    }
    Order accepted = order.accepted(new OrderNumber(lastNumber.incrementAndGet()));
    orders.put(accepted.position(), accepted);
    return accepted;
  }

  @Override
  public Optional<Order> find(OrderId id) {
    probe();
    return orders.values().stream().filter(order -> order.id().equals(id)).findAny();
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    probe();
    return orders.values().stream().filter(order -> order.number().equals(number)).findAny();
  }

  @Override
  public List<Order> newestFirst(@Nullable OrderPosition after, int limit) {
    probe();
    var behind = after == null ? orders : orders.tailMap(after, false);
    return behind.values().stream().limit(limit).toList();
  }

  @Override
  public void probe() {
    if (unavailable) {
      throw new StoreUnavailableException("the store was taken away", new Exception());
    }
  }
}
