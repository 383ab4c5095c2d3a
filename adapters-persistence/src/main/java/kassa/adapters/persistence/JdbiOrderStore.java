package kassa.adapters.persistence;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
  private final GroupCommit<NewOrder, Acceptance> groups;

  JdbiOrderStore(Database database) {
    this.database = database;
    this.groups =
        new GroupCommit<>(database.groups(), order -> order.price().lines().size(), this::keep);
  }

  @Override
  public Acceptance accept(NewOrder order) {
    return groups.submit(order);
  }

  @Override
  public List<Acceptance> acceptAll(List<NewOrder> orders) {
    return keep(orders);
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

  /** Keeps orders in one transaction: as a rule the limits allow all of them. */
  List<Acceptance> keep(List<NewOrder> orders) {
    return Retries.run(() ->
        database
            .change("keep orders", handle -> keepAll(handle, orders))
            .orElseGet(() -> keepEach(orders)));
  }

  /**
   * Keeps all of the orders if the limits allow it.
   *
   * @return nothing if they do not; then nothing is left in the database
   */
  private static Optional<List<Acceptance>> keepAll(Handle handle, List<NewOrder> orders) {
    if (!ClaimWriter.takeAll(handle, orders)) {
      handle.rollback();
      return Optional.empty();
    }
    return Optional.of(List.copyOf(insert(handle, orders)));
  }

  /** Keeps those of the orders that the limits allow. */
  private List<Acceptance> keepEach(List<NewOrder> orders) {
    return database
        .change("keep orders", handle -> keepEach(handle, orders))
        .orElseThrow(() -> {
          makeCounters(orders);
          return new OvertakenException(null);
        });
  }

  private static Optional<List<Acceptance>> keepEach(Handle handle, List<NewOrder> orders) {
    Optional<List<Optional<Counter>>> taking = ClaimWriter.takeEach(handle, orders);
    if (taking.isEmpty()) {
      handle.rollback();
      return Optional.empty();
    }
    List<Optional<Counter>> refusals = taking.get();
    List<NewOrder> allowed =
        IntStream.range(0, orders.size())
            .filter(i -> refusals.get(i).isEmpty())
            .mapToObj(orders::get)
            .toList();
    Iterator<Acceptance.Accepted> accepted = insert(handle, allowed).iterator();
    return Optional.of(
        refusals.stream()
            .map(refusal ->
                refusal.<Acceptance>map(Acceptance.Exhausted::new).orElseGet(accepted::next))
            .toList());
  }

  private static List<Acceptance.Accepted> insert(Handle handle, List<NewOrder> orders) {
    List<OrderNumber> numbers = OrderWriter.insert(handle, orders);
    return IntStream.range(0, orders.size())
        .mapToObj(i -> new Acceptance.Accepted(orders.get(i).accepted(numbers.get(i))))
        .toList();
  }

  private void makeCounters(List<NewOrder> orders) {
    List<Counter> counters =
        orders.stream()
            .flatMap(order -> order.claims().stream())
            .map(Claim::counter)
            .distinct()
            .toList();
    Retries.run(() ->
        database.change(
            "count what was used of a rule",
            handle -> CounterWriter.createMissing(handle, counters)));
  }
}
