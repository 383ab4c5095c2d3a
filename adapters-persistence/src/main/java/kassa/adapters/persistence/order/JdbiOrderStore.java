package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore.IdempotencyKeyTakenException;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.GroupCommit;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.adapters.persistence.order.search.OrderSearchQuery;
import kassa.adapters.persistence.usage.LimitCounterWriter;
import kassa.adapters.persistence.usage.LimitReservationWriter;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.order.OrderStore;
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
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.usage.LimitReservation;
import kassa.domain.usage.UsageCounter;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps orders and what they used of rules. May be used by any number of threads. */
public final class JdbiOrderStore implements OrderStore {

  public static final String COUNT_BY_CUSTOMER =
      "select count(*) from orders where customer_id = :customer and status <> 'cancelled'";

  private final Database database;
  private final GroupCommit<OrderInsert, InsertResult> groupCommit;

  public JdbiOrderStore(Database database) {
    this.database = database;
    this.groupCommit =
        new GroupCommit<>(
            database.groupCommitBounds(),
            submission -> submission.order().price().lines().size(),
            this::storeGroup);
  }

  @Override
  public InsertResult insert(OrderInsert submission) {
    try {
      return groupCommit.submit(submission);
    } catch (IdempotencyKeyTakenException taken) {
      IdempotencyKey key = requireNonNull(submission.idempotentRequest()).key();
      return database
          .query("find an answer", handle -> JdbiIdempotencyStore.find(handle, key))
          .<InsertResult>map(InsertResult.KeyTaken::new)
          .orElseThrow(() -> taken);
    }
  }

  @Override
  public Optional<List<Order>> insertAtomically(List<OrderInsert> submissions) {
    try {
      return TransactionRetry.run(() ->
          database
              .inTransaction("keep orders", handle -> storeAll(handle, submissions))
              .or(() -> {
                // If it was for want of a counter, it is there when the orders come again.
                createCounters(submissions);
                return Optional.empty();
              }));
    } catch (IdempotencyKeyTakenException taken) {
      return Optional.empty();
    }
  }

  @Override
  public List<InsertResult> insertAll(List<OrderInsert> submissions) {
    return storeGroup(submissions);
  }

  @Override
  public UpdateResult change(OrderChange change, @Nullable IdempotencyRecord answer) {
    return JdbiIdempotencyStore.orElseIfKeyTaken(
        () ->
            TransactionRetry.run(() ->
                database.inTransaction(
                    "change an order", handle -> change(handle, change, answer))),
        UpdateResult.KEY_TAKEN);
  }

  private static UpdateResult change(
      Handle handle, OrderChange change, @Nullable IdempotencyRecord answer) {
    if (!OrderUpdater.update(handle, change)) {
      return UpdateResult.CONFLICT;
    }
    JdbiIdempotencyStore.insert(handle, answer, change.after().updatedAt());
    return UpdateResult.DONE;
  }

  @Override
  public List<Refund> refunds(OrderId id) {
    return database.query("read the refunds of an order", handle -> RefundReader.find(handle, id));
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return database.query(
        "read the trace of an order", handle -> PricingTraceReader.find(handle, id));
  }

  @Override
  public long countOrdersOf(CustomerId customer) {
    return database.query(
        "count the orders of a customer",
        handle ->
            handle
                .createQuery(COUNT_BY_CUSTOMER)
                .bind("customer", customer.value())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public Optional<Order> find(OrderId id) {
    return database.query("find an order", handle -> OrderReader.find(handle, id));
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    return database.query("find an order", handle -> OrderReader.find(handle, number));
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return database.query("read the history of an order", handle -> OrderHistory.find(handle, id));
  }

  @Override
  public List<Order> list(
      OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit) {
    OrderSearchQuery selection =
        new OrderSearchQuery(database.dialect(), filter, sort, after, limit);
    return database.query("list orders", handle -> OrderReader.list(handle, selection));
  }

  /** Keeps orders in one transaction: as a rule the limits allow all of them. */
  List<InsertResult> storeGroup(List<OrderInsert> submissions) {
    return TransactionRetry.run(() ->
        database
            .inTransaction("keep orders", handle -> storeAll(handle, submissions))
            .map(kept -> kept.stream().<InsertResult>map(InsertResult.Inserted::new).toList())
            .orElseGet(() -> storeEach(submissions)));
  }

  /**
   * Keeps all of the orders if the limits allow it.
   *
   * @return nothing if they do not; then nothing is left in the database
   */
  private static Optional<List<Order>> storeAll(Handle handle, List<OrderInsert> submissions) {
    if (!LimitReservationWriter.reserveAll(handle, orders(submissions))) {
      handle.rollback();
      return Optional.empty();
    }
    return Optional.of(insert(handle, submissions));
  }

  /** Keeps those of the orders that the limits allow. */
  private List<InsertResult> storeEach(List<OrderInsert> submissions) {
    return database
        .inTransaction("keep orders", handle -> storeEach(handle, submissions))
        .orElseThrow(() -> {
          createCounters(submissions);
          return new WriteConflictException(null);
        });
  }

  private static Optional<List<InsertResult>> storeEach(
      Handle handle, List<OrderInsert> submissions) {
    Optional<List<Optional<UsageCounter>>> reservations =
        LimitReservationWriter.reserveEach(handle, orders(submissions));
    if (reservations.isEmpty()) {
      handle.rollback();
      return Optional.empty();
    }
    List<Optional<UsageCounter>> exceededCounters = reservations.get();
    List<OrderInsert> allowed =
        IntStream.range(0, submissions.size())
            .filter(i -> exceededCounters.get(i).isEmpty())
            .mapToObj(submissions::get)
            .toList();
    Iterator<Order> stored = insert(handle, allowed).iterator();
    return Optional.of(
        exceededCounters.stream()
            .map(refusal ->
                refusal
                    .<InsertResult>map(InsertResult.LimitExceeded::new)
                    .orElseGet(() -> new InsertResult.Inserted(stored.next())))
            .toList());
  }

  /**
   * Writes orders with what happened to them since, and with the answers to their calls, which may
   * tell of their numbers.
   */
  private static List<Order> insert(Handle handle, List<OrderInsert> submissions) {
    List<OrderNumber> numbers = OrderWriter.insert(handle, submissions);
    OrderUpdater.writeEventsAndRefunds(
        handle,
        submissions.stream().map(OrderInsert::laterChange).filter(Objects::nonNull).toList());
    List<Order> stored = new ArrayList<>(submissions.size());
    List<IdempotencyRecord> records = new ArrayList<>();
    for (int i = 0; i < submissions.size(); i++) {
      Order order = submissions.get(i).toStoredOrder(numbers.get(i));
      stored.add(order);
      IdempotentRequest<Order> call = submissions.get(i).idempotentRequest();
      if (call != null) {
        records.add(call.toRecord(order));
      }
    }
    if (!records.isEmpty()) {
      JdbiIdempotencyStore.insert(handle, records, stored.getLast().placedAt());
    }
    return stored;
  }

  private static List<NewOrder> orders(List<OrderInsert> submissions) {
    return submissions.stream().map(OrderInsert::order).toList();
  }

  private void createCounters(List<OrderInsert> submissions) {
    List<UsageCounter> counters =
        submissions.stream()
            .flatMap(submission -> submission.order().reservations().stream())
            .map(LimitReservation::counter)
            .distinct()
            .toList();
    TransactionRetry.run(() ->
        database.inTransaction(
            "count what was used of a rule",
            handle -> LimitCounterWriter.createMissing(handle, counters)));
  }
}
