package kassa.contract.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.service.StoreProbe;
import kassa.contract.memory.InMemoryStores.StoredUsage;
import kassa.domain.event.EventData;
import kassa.domain.event.EventSubject;
import kassa.domain.event.EventType;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.usage.LimitReservation;
import kassa.domain.usage.Redemption;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/** In-memory order store of {@link InMemoryStores}. */
public final class InMemoryOrderStore implements OrderStore, StoreProbe {

  private final InMemoryStores stores;

  /** Creates an order store with its own, empty {@link InMemoryStores}. */
  public InMemoryOrderStore() {
    this(new InMemoryStores());
  }

  InMemoryOrderStore(InMemoryStores stores) {
    this.stores = stores;
  }

  /**
   * Simulates an outage: every call throws {@link
   * kassa.application.port.out.StoreUnavailableException} until {@link #makeAvailable()}.
   */
  public void makeUnavailable() {
    stores.makeUnavailable();
  }

  /** Ends the simulated outage; the data is unchanged. */
  public void makeAvailable() {
    stores.makeAvailable();
  }

  @Override
  public InsertResult insert(OrderInsert submission) {
    synchronized (stores) {
      probe();
      stores.requireFreeKey(submission.idempotencyRecord());
      NewOrder order = submission.order();
      if (find(order.id()).isPresent()) {
        throw new IllegalStateException("an order with this id exists already");
      }
      for (LimitReservation reservation : order.reservations()) {
        if (stores.usageOf(reservation.counter()) + reservation.amount() > reservation.limit()) {
          return new InsertResult.LimitExceeded(reservation.counter());
        }
      }
      return new InsertResult.Inserted(store(submission));
    }
  }

  @Override
  public AtomicInsertResult insertAtomically(List<OrderInsert> submissions) {
    synchronized (stores) {
      probe();
      Map<UsageCounter, Long> reserved = new HashMap<>();
      for (int index = 0; index < submissions.size(); index++) {
        OrderInsert submission = submissions.get(index);
        stores.requireFreeKey(submission.idempotencyRecord());
        for (LimitReservation reservation : submission.order().reservations()) {
          long sum = reserved.merge(reservation.counter(), reservation.amount(), Long::sum);
          if (stores.usageOf(reservation.counter()) + sum > reservation.limit()) {
            return new AtomicInsertResult.LimitExceeded(index, reservation.counter());
          }
        }
      }
      return new AtomicInsertResult.Inserted(submissions.stream().map(this::store).toList());
    }
  }

  private Order store(OrderInsert submission) {
    NewOrder order = submission.order();
    Order stored = submission.toStoredOrder(new OrderNumber(++stores.lastNumber));
    stores.orders.put(stored.sortKey(), stored);
    stores.traces.put(order.id(), order.trace());
    for (Redemption redemption : order.redemptions()) {
      stores.storedUsages.add(new StoredUsage(order.id(), order.customer(), redemption, false));
    }
    if (submission.laterChange() != null) {
      recordEvents(submission.laterChange());
    }
    stores.storeRecord(submission.idempotencyRecord());
    if (submission.actor() != null) {
      append(EventType.ORDER_PLACED, stored, submission.actor(), order.arrivedAt());
    }
    return stored;
  }

  @Override
  public boolean change(OrderChange change, @Nullable IdempotencyRecord idempotencyRecord) {
    synchronized (stores) {
      probe();
      boolean isCurrent =
          find(change.after().id())
              .map(Order::version)
              .equals(Optional.of(change.before().version()));
      if (isCurrent) {
        stores.requireFreeKey(idempotencyRecord);
        stores.orders.put(change.after().sortKey(), change.after());
        recordEvents(change);
        stores.storeRecord(idempotencyRecord);
        OrderEvent last = change.events().getLast();
        append(EventType.of(last.kind()), change.after(), last.actor(), last.at());
      }
      return isCurrent;
    }
  }

  private void append(EventType type, Order order, @Nullable String actor, Instant at) {
    InMemoryEventLog.append(
        stores,
        type,
        new EventSubject.OfOrder(order.id()),
        order.version(),
        actor,
        at,
        new EventData.OrderData(order));
  }

  private void recordEvents(OrderChange change) {
    Order after = change.after();
    stores.events.merge(after.id(), change.events(), InMemoryOrderStore::joined);
    stores.refunds.merge(after.id(), change.refunds(), InMemoryOrderStore::joined);
    if (after.status() == OrderStatus.CANCELLED) {
      stores.storedUsages.replaceAll(use ->
          use.order().equals(after.id()) && use.redemption().isReusable() ? use.toReleased() : use);
    }
  }

  private static <T> List<T> joined(List<T> before, List<T> added) {
    return Stream.concat(before.stream(), added.stream()).toList();
  }

  @Override
  public List<Refund> refunds(OrderId id) {
    synchronized (stores) {
      probe();
      return stores.refunds.getOrDefault(id, List.of());
    }
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    synchronized (stores) {
      probe();
      return Optional.ofNullable(stores.traces.get(id));
    }
  }

  @Override
  public long countOrdersOf(CustomerId customer) {
    probe();
    return stores.orders.values().stream()
        .filter(order -> customer.equals(order.customer()))
        .filter(order -> order.status() != OrderStatus.CANCELLED)
        .count();
  }

  @Override
  public Optional<Order> find(OrderId id) {
    probe();
    return stores.orders.values().stream().filter(order -> order.id().equals(id)).findAny();
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    probe();
    return stores.orders.values().stream().filter(order -> order.number().equals(number)).findAny();
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    synchronized (stores) {
      return find(id)
          .map(order ->
              Stream.concat(
                      Stream.of(OrderEvent.placed(order.placedAt())),
                      stores.events.getOrDefault(id, List.of()).stream())
                  .toList());
    }
  }

  @Override
  public List<Order> list(
      OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit) {
    synchronized (stores) {
      probe();
      return InMemoryOrderSearch.list(stores, filter, sort, after, limit);
    }
  }

  @Override
  public void probe() {
    stores.requireAvailable();
  }
}
