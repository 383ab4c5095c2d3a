package kassa.adapters.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;

/** A store behind which something happens once so many orders were accepted. */
record ObservedStore(OrderStore store, AtomicInteger left, Runnable happening)
    implements OrderStore {

  ObservedStore(OrderStore store, int orders, Runnable happening) {
    this(store, new AtomicInteger(orders), happening);
  }

  @Override
  public Acceptance accept(Submission submission) {
    Acceptance acceptance = store.accept(submission);
    if (left.decrementAndGet() == 0) {
      happening.run();
    }
    return acceptance;
  }

  @Override
  public Optional<List<Order>> acceptTogether(List<Submission> submissions) {
    return store.acceptTogether(submissions);
  }

  @Override
  public Changing change(OrderChange change, @Nullable KeptAnswer answer) {
    return store.change(change, answer);
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
  public long ordersOf(CustomerId customer) {
    return store.ordersOf(customer);
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
      OrderFilter filter, OrderSort sort, @Nullable OrderPosition after, int limit) {
    return store.list(filter, sort, after, limit);
  }
}
