package kassa.adapters.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.adapters.persistence.CounterWriter.Taking;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.redemption.Claim;
import kassa.domain.redemption.Counter;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps orders and what they used of rules. May be used by any number of threads. */
final class JdbiOrderStore implements OrderStore {

  static final String ORDERS_OF =
      "select count(*) from orders where customer_id = :customer and status <> 'cancelled'";

  private final Database database;

  JdbiOrderStore(Database database) {
    this.database = database;
  }

  @Override
  public Acceptance accept(NewOrder order) {
    return Retries.run(() -> {
      Optional<Acceptance> acceptance =
          database.change("keep an order", handle -> accept(handle, order));
      if (acceptance.isEmpty()) {
        makeCounters(order);
        throw new OvertakenException(null);
      }
      return acceptance.get();
    });
  }

  @Override
  public Cancellation cancel(OrderId id, int version, @Nullable String reason, Instant at) {
    return Retries.run(() ->
        database.change(
            "cancel an order", handle -> OrderCanceller.cancel(handle, id, version, reason, at)));
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return database.ask("read the trace of an order", handle -> TraceReader.find(handle, id));
  }

  @Override
  public long ordersOf(CustomerId customer) {
    return database.ask(
        "count the orders of a customer",
        handle ->
            handle
                .createQuery(ORDERS_OF)
                .bind("customer", customer.value())
                .mapTo(Long.class)
                .one());
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
  public Optional<List<OrderEvent>> history(OrderId id) {
    return database.ask("read the history of an order", handle -> OrderHistory.find(handle, id));
  }

  @Override
  public List<Order> list(
      OrderFilter filter, OrderSort sort, @Nullable OrderPosition after, int limit) {
    OrderSelection selection = new OrderSelection(database.dialect(), filter, sort, after, limit);
    return database.ask("list orders", handle -> OrderReader.list(handle, selection));
  }

  /**
   * Keeps an order if every limit allows it. Limits are taken last, so that others wait for their
   * counters as shortly as can be.
   *
   * @return nothing if a counter has to be made first; then, as when a limit is reached, nothing is
   *     left in the database
   */
  private static Optional<Acceptance> accept(Handle handle, NewOrder order) {
    OrderNumber number = OrderWriter.insert(handle, order);
    for (Claim claim : order.claims()) {
      Taking taking = CounterWriter.take(handle, claim);
      if (taking != Taking.DONE) {
        handle.rollback();
        return taking == Taking.EXHAUSTED
            ? Optional.of(new Acceptance.Exhausted(claim.counter()))
            : Optional.empty();
      }
    }
    return Optional.of(new Acceptance.Accepted(order.accepted(number)));
  }

  /** It does not matter if that is lost: whoever needs a counter makes it. */
  private void makeCounters(NewOrder order) {
    List<Counter> counters = order.claims().stream().map(Claim::counter).toList();
    Retries.run(() ->
        database.ask(
            "count what was used of a rule",
            handle ->
                handle.inTransaction(
                    transaction -> CounterWriter.createMissing(transaction, counters))));
  }
}
