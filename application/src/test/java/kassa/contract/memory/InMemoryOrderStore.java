package kassa.contract.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.service.StoreProbe;
import kassa.contract.memory.InMemoryStores.StoredUsage;
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

/** The orders of {@link InMemoryStores}. */
public final class InMemoryOrderStore implements OrderStore, StoreProbe {

  private final InMemoryStores stores;

  /** Orders that share nothing with anybody. */
  public InMemoryOrderStore() {
    this(new InMemoryStores());
  }

  InMemoryOrderStore(InMemoryStores stores) {
    this.stores = stores;
  }

  /** From now on every call finds the store gone. */
  public void makeUnavailable() {
    stores.makeUnavailable();
  }

  /** From now on the store is there again, with all that it kept. */
  public void makeAvailable() {
    stores.makeAvailable();
  }

  @Override
  public InsertResult insert(OrderInsert submission) {
    synchronized (stores) {
      probe();
      if (submission.idempotentRequest() != null) {
        IdempotencyRecord existing = stores.idempotency.get(submission.idempotentRequest().key());
        if (existing != null) {
          return new InsertResult.KeyTaken(existing);
        }
      }
      NewOrder order = submission.order();
      if (find(order.id()).isPresent()) {
        throw new IllegalStateException("there is an order of this id already");
      }
      for (LimitReservation claim : order.reservations()) {
        if (stores.usageOf(claim.counter()) + claim.amount() > claim.limit()) {
          return new InsertResult.LimitExceeded(claim.counter());
        }
      }
      return new InsertResult.Inserted(store(submission));
    }
  }

  @Override
  public Optional<List<Order>> insertAtomically(List<OrderInsert> submissions) {
    synchronized (stores) {
      probe();
      Map<UsageCounter, Long> claimed = new HashMap<>();
      for (OrderInsert submission : submissions) {
        if (submission.idempotentRequest() != null
            && stores.idempotency.containsKey(submission.idempotentRequest().key())) {
          return Optional.empty();
        }
        for (LimitReservation claim : submission.order().reservations()) {
          long sum = claimed.merge(claim.counter(), claim.amount(), Long::sum);
          if (stores.usageOf(claim.counter()) + sum > claim.limit()) {
            return Optional.empty();
          }
        }
      }
      return Optional.of(submissions.stream().map(this::store).toList());
    }
  }

  private Order store(OrderInsert submission) {
    NewOrder order = submission.order();
    Order accepted = submission.toStoredOrder(new OrderNumber(++stores.lastNumber));
    stores.orders.put(accepted.sortKey(), accepted);
    stores.traces.put(order.id(), order.trace());
    for (Redemption redemption : order.redemptions()) {
      stores.storedUsages.add(new StoredUsage(order.id(), order.customer(), redemption, false));
    }
    if (submission.laterChange() != null) {
      recordEvents(submission.laterChange());
    }
    if (submission.idempotentRequest() != null) {
      stores.storeRecord(submission.idempotentRequest().toRecord(accepted), order.placedAt());
    }
    return accepted;
  }

  @Override
  public UpdateResult change(OrderChange change, @Nullable IdempotencyRecord idempotencyRecord) {
    synchronized (stores) {
      probe();
      if (stores.hasRecord(idempotencyRecord)) {
        return UpdateResult.KEY_TAKEN;
      }
      if (!changeIfUnchanged(change)) {
        return UpdateResult.CONFLICT;
      }
      stores.storeRecord(idempotencyRecord, change.after().updatedAt());
      return UpdateResult.DONE;
    }
  }

  private boolean changeIfUnchanged(OrderChange change) {
    Order after = change.after();
    if (!find(after.id()).map(Order::version).equals(Optional.of(change.before().version()))) {
      return false;
    }
    stores.orders.put(after.sortKey(), after);
    recordEvents(change);
    return true;
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
