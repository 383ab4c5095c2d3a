package kassa.contract;

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
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.Refund;
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
    Order accepted = submission.kept(new OrderNumber(++stores.lastNumber));
    stores.orders.put(accepted.position(), accepted);
    stores.traces.put(order.id(), order.trace());
    for (Redemption redemption : order.redemptions()) {
      stores.uses.add(new Use(order.id(), order.customer(), redemption, false));
    }
    if (submission.since() != null) {
      tellOf(submission.since());
    }
    if (submission.call() != null) {
      stores.keepAnswer(submission.call().keep(accepted), order.placedAt());
    }
    return accepted;
  }

  @Override
  public Changing change(OrderChange change, @Nullable KeptAnswer answer) {
    synchronized (stores) {
      probe();
      if (stores.hasAnswer(answer)) {
        return Changing.KEY_TAKEN;
      }
      if (!changeIfUnchanged(change)) {
        return Changing.OVERTAKEN;
      }
      stores.keepAnswer(answer, change.after().updatedAt());
      return Changing.MADE;
    }
  }

  private boolean changeIfUnchanged(OrderChange change) {
    Order after = change.after();
    if (!find(after.id()).map(Order::version).equals(Optional.of(change.before().version()))) {
      return false;
    }
    stores.orders.put(after.position(), after);
    tellOf(change);
    return true;
  }

  private void tellOf(OrderChange change) {
    Order after = change.after();
    stores.events.merge(after.id(), change.events(), InMemoryOrderStore::joined);
    stores.refunds.merge(after.id(), change.refunds(), InMemoryOrderStore::joined);
    if (after.status() == OrderStatus.CANCELLED) {
      stores.uses.replaceAll(use ->
          use.order().equals(after.id()) && use.redemption().reusable()
              ? use.whenGivenBack()
              : use);
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
