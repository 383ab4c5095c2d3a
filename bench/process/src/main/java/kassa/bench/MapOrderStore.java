package kassa.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;

/** Stores orders in a map, with the delay of a database. Other methods are not supported. */
final class MapOrderStore implements OrderStore {

  private final Map<OrderId, Order> orders = new ConcurrentHashMap<>();
  private final AtomicLong lastNumber = new AtomicLong();
  private final long waitNanos;

  MapOrderStore(Duration wait) {
    this.waitNanos = wait.toNanos();
  }

  @Override
  public InsertResult insert(OrderInsert submission) {
    if (waitNanos > 0) {
      long end = System.nanoTime() + waitNanos;
      for (long left = waitNanos; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
    Order accepted = submission.toStoredOrder(new OrderNumber(lastNumber.incrementAndGet()));
    orders.put(accepted.id(), accepted);
    return new InsertResult.Inserted(accepted);
  }

  @Override
  public Optional<Order> find(OrderId id) {
    return Optional.ofNullable(orders.get(id));
  }

  @Override
  public AtomicInsertResult insertAtomically(List<OrderInsert> submissions) {
    throw notAsked();
  }

  @Override
  public boolean change(OrderChange change, IdempotencyRecord record) {
    throw notAsked();
  }

  @Override
  public List<Refund> refunds(OrderId id) {
    throw notAsked();
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    throw notAsked();
  }

  @Override
  public long countOrdersOf(CustomerId customer) {
    throw notAsked();
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    throw notAsked();
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    throw notAsked();
  }

  @Override
  public List<Order> list(OrderFilter filter, OrderSort sort, OrderSortKey after, int limit) {
    throw notAsked();
  }

  private static AssertionError notAsked() {
    return new AssertionError("not used by the benchmark");
  }
}
