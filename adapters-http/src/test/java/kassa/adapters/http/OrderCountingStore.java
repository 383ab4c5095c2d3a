package kassa.adapters.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.jspecify.annotations.Nullable;

/** Order store that runs a callback after a given number of inserted orders. */
public record OrderCountingStore(OrderStore store, AtomicInteger remaining, Runnable callback)
    implements OrderStore {

  public OrderCountingStore(OrderStore store, int orders, Runnable callback) {
    this(store, new AtomicInteger(orders), callback);
  }

  @Override
  public InsertResult insert(OrderInsert submission) {
    InsertResult result = store.insert(submission);
    if (remaining.decrementAndGet() == 0) {
      callback.run();
    }
    return result;
  }

  @Override
  public AtomicInsertResult insertAtomically(List<OrderInsert> submissions) {
    return store.insertAtomically(submissions);
  }

  @Override
  public boolean change(OrderChange change, @Nullable IdempotencyRecord idempotencyRecord) {
    return store.change(change, idempotencyRecord);
  }

  @Override
  public List<Refund> refunds(OrderId id) {
    return store.refunds(id);
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return store.trace(id);
  }

  @Override
  public long countOrdersOf(CustomerId customer) {
    return store.countOrdersOf(customer);
  }

  @Override
  public Optional<Order> find(OrderId id) {
    return store.find(id);
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    return store.find(number);
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return store.history(id);
  }

  @Override
  public List<Order> list(
      OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit) {
    return store.list(filter, sort, after, limit);
  }
}
