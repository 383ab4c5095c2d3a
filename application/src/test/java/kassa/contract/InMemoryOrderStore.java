package kassa.contract;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.StoreProbe;
import kassa.contract.InMemoryStores.Use;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderEvent.Kind;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.redemption.Claim;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.Redemption;
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
  public void takeAway() {
    stores.takeAway();
  }

  /** From now on the store is there again, with all that it kept. */
  public void bringBack() {
    stores.bringBack();
  }

  @Override
  public Acceptance accept(Submission submission) {
    synchronized (stores) {
      probe();
      if (submission.call() != null) {
        KeptAnswer kept = stores.answers.get(submission.call().key());
        if (kept != null) {
          return new Acceptance.Repeated(kept);
        }
      }
      NewOrder order = submission.order();
      if (find(order.id()).isPresent()) {
        throw new IllegalStateException("there is an order of this id already");
      }
      for (Claim claim : order.claims()) {
        if (stores.used(claim.counter()) + claim.amount() > claim.limit()) {
          return new Acceptance.Exhausted(claim.counter());
        }
      }
      return new Acceptance.Accepted(keep(submission));
    }
  }

  @Override
  public Optional<List<Order>> acceptTogether(List<Submission> submissions) {
    synchronized (stores) {
      probe();
      Map<Counter, Long> claimed = new HashMap<>();
      for (Submission submission : submissions) {
        if (submission.call() != null && stores.answers.containsKey(submission.call().key())) {
          return Optional.empty();
        }
        for (Claim claim : submission.order().claims()) {
          long sum = claimed.merge(claim.counter(), claim.amount(), Long::sum);
          if (stores.used(claim.counter()) + sum > claim.limit()) {
            return Optional.empty();
          }
        }
      }
      return Optional.of(submissions.stream().map(this::keep).toList());
    }
  }

  private Order keep(Submission submission) {
    NewOrder order = submission.order();
    Order accepted = order.accepted(new OrderNumber(++stores.lastNumber));
    stores.orders.put(accepted.position(), accepted);
    stores.traces.put(order.id(), order.trace());
    for (Redemption redemption : order.redemptions()) {
      stores.uses.add(new Use(order.id(), order.customer(), redemption, false));
    }
    if (submission.call() != null) {
      stores.keepAnswer(submission.call().keep(accepted), order.placedAt());
    }
    return accepted;
  }

  @Override
  public Cancellation cancel(OrderId id, int version, @Nullable String reason, Instant at) {
    synchronized (stores) {
      Order order = find(id).orElse(null);
      if (order == null) {
        return new Cancellation.Absent();
      }
      if (order.version() != version) {
        return new Cancellation.Stale(order.version());
      }
      if (!order.status().next().contains(OrderStatus.CANCELLED)) {
        return new Cancellation.NotAllowed(order.status());
      }
      Order cancelled = order.cancelled(reason, at);
      stores.orders.put(cancelled.position(), cancelled);
      stores.events.merge(
          id,
          List.of(
              new OrderEvent(
                  at, null, Kind.CANCELLED, order.status(), OrderStatus.CANCELLED, reason)),
          (before, event) -> Stream.concat(before.stream(), event.stream()).toList());
      stores.uses.replaceAll(
          use -> use.order().equals(id) && use.redemption().reusable() ? use.whenGivenBack() : use);
      return new Cancellation.Cancelled(cancelled);
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
  public long ordersOf(CustomerId customer) {
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
      OrderFilter filter, OrderSort sort, @Nullable OrderPosition after, int limit) {
    synchronized (stores) {
      probe();
      return InMemoryOrderSearch.list(stores, filter, sort, after, limit);
    }
  }

  @Override
  public void probe() {
    stores.check();
  }
}
