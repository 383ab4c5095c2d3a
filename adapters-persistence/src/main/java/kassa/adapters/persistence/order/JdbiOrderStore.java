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

/**
 * Stores orders and their usage of rules. Single orders are written with group commit. Thread-safe.
 */
public final class JdbiOrderStore implements OrderStore {

  public static final String COUNT_BY_CUSTOMER =
      "select count(*) from orders where customer_id = :customer and status <> 'cancelled'";

  private final Database database;
  private final GroupCommit<OrderInsert, InsertResult> groupCommit;

  public JdbiOrderStore(Database database) {
    this.database = database;
    this.groupCommit =
        new GroupCommit<>(database.groupCommitBounds(), JdbiOrderStore::rowCount, this::storeGroup);
  }

  /** Returns about how many rows an order has; ten rules of the pricing trace count as one. */
  private static int rowCount(OrderInsert insert) {
    return insert.order().price().rowCount() + insert.order().trace().size() / 10;
  }

  @Override
  public InsertResult insert(OrderInsert submission) {
    try {
      return groupCommit.submit(submission);
    } catch (IdempotencyKeyTakenException keyTaken) {
      IdempotencyKey key = requireNonNull(submission.idempotentRequest()).key();
      return database
          .query("find an idempotency record", handle -> JdbiIdempotencyStore.find(handle, key))
          .<InsertResult>map(InsertResult.KeyTaken::new)
          .orElseThrow(() -> keyTaken);
    }
  }

  @Override
  public AtomicInsertResult insertAtomically(List<OrderInsert> inserts) {
    try {
      return TransactionRetry.run(() ->
          database
              .inTransaction("insert orders", handle -> storeAll(handle, inserts))
              .<AtomicInsertResult>map(AtomicInsertResult.Inserted::new)
              .orElseGet(() -> storeAllOrFindExceeded(inserts)));
    } catch (IdempotencyKeyTakenException keyTaken) {
      return new AtomicInsertResult.KeyTaken();
    }
  }

  /** Inserts all of the orders, or finds the first one that a limit does not allow. */
  private AtomicInsertResult storeAllOrFindExceeded(List<OrderInsert> inserts) {
    createCounters(inserts);
    return database.inTransaction(
        "insert orders",
        handle -> {
          List<Optional<UsageCounter>> exceeded =
              LimitReservationWriter.reserveEach(handle, orders(inserts))
                  .orElseThrow(() -> new WriteConflictException(null));
          for (int index = 0; index < exceeded.size(); index++) {
            if (exceeded.get(index).isPresent()) {
              handle.rollback();
              return new AtomicInsertResult.LimitExceeded(index, exceeded.get(index).get());
            }
          }
          return new AtomicInsertResult.Inserted(insert(handle, inserts));
        });
  }

  @Override
  public List<InsertResult> insertAll(List<OrderInsert> inserts) {
    return storeGroup(inserts);
  }

  @Override
  public UpdateResult change(OrderChange change, @Nullable IdempotencyRecord idempotencyRecord) {
    return JdbiIdempotencyStore.orElseIfKeyTaken(
        () ->
            TransactionRetry.run(() ->
                database.inTransaction(
                    "update an order", handle -> change(handle, change, idempotencyRecord))),
        UpdateResult.KEY_TAKEN);
  }

  private static UpdateResult change(
      Handle handle, OrderChange change, @Nullable IdempotencyRecord idempotencyRecord) {
    if (!OrderUpdater.update(handle, change)) {
      return UpdateResult.CONFLICT;
    }
    JdbiIdempotencyStore.insert(handle, idempotencyRecord, change.after().updatedAt());
    return UpdateResult.DONE;
  }

  @Override
  public List<Refund> refunds(OrderId id) {
    return database.query("read the refunds of an order", handle -> RefundReader.find(handle, id));
  }

  @Override
  public Optional<List<RuleTrace>> trace(OrderId id) {
    return database.query(
        "read the pricing trace of an order", handle -> PricingTraceReader.find(handle, id));
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
    OrderSearchQuery query = new OrderSearchQuery(database.dialect(), filter, sort, after, limit);
    return database.query("search orders", handle -> OrderReader.list(handle, query));
  }

  /**
   * Inserts orders in one transaction, first all together: usually the limits allow all of them.
   */
  List<InsertResult> storeGroup(List<OrderInsert> inserts) {
    return TransactionRetry.run(() ->
        database
            .inTransaction("insert orders", handle -> storeAll(handle, inserts))
            .map(stored -> stored.stream().<InsertResult>map(InsertResult.Inserted::new).toList())
            .orElseGet(() -> storeEach(inserts)));
  }

  /**
   * Inserts all of the orders if the limits allow it.
   *
   * @return empty if a limit does not allow it, and the transaction is rolled back then
   */
  private static Optional<List<Order>> storeAll(Handle handle, List<OrderInsert> inserts) {
    if (!LimitReservationWriter.reserveAll(handle, orders(inserts))) {
      handle.rollback();
      return Optional.empty();
    }
    return Optional.of(insert(handle, inserts));
  }

  /** Inserts those of the orders that the limits allow. */
  private List<InsertResult> storeEach(List<OrderInsert> inserts) {
    return database
        .inTransaction("insert orders", handle -> storeEach(handle, inserts))
        .orElseThrow(() -> {
          createCounters(inserts);
          return new WriteConflictException(null);
        });
  }

  private static Optional<List<InsertResult>> storeEach(Handle handle, List<OrderInsert> inserts) {
    Optional<List<Optional<UsageCounter>>> reservations =
        LimitReservationWriter.reserveEach(handle, orders(inserts));
    if (reservations.isEmpty()) {
      handle.rollback();
      return Optional.empty();
    }
    List<Optional<UsageCounter>> exceededCounters = reservations.get();
    List<OrderInsert> allowed =
        IntStream.range(0, inserts.size())
            .filter(i -> exceededCounters.get(i).isEmpty())
            .mapToObj(inserts::get)
            .toList();
    Iterator<Order> stored = insert(handle, allowed).iterator();
    return Optional.of(
        exceededCounters.stream()
            .map(exceeded ->
                exceeded
                    .<InsertResult>map(InsertResult.LimitExceeded::new)
                    .orElseGet(() -> new InsertResult.Inserted(stored.next())))
            .toList());
  }

  /**
   * Inserts orders with their later changes and idempotency records. A response may contain the
   * order number, so the records are written after the orders.
   */
  private static List<Order> insert(Handle handle, List<OrderInsert> inserts) {
    List<OrderNumber> numbers = OrderWriter.insert(handle, inserts);
    OrderUpdater.writeEventsAndRefunds(
        handle, inserts.stream().map(OrderInsert::laterChange).filter(Objects::nonNull).toList());
    List<Order> stored = new ArrayList<>(inserts.size());
    List<IdempotencyRecord> records = new ArrayList<>();
    for (int i = 0; i < inserts.size(); i++) {
      Order order = inserts.get(i).toStoredOrder(numbers.get(i));
      stored.add(order);
      IdempotentRequest<Order> request = inserts.get(i).idempotentRequest();
      if (request != null) {
        records.add(request.toRecord(order));
      }
    }
    if (!records.isEmpty()) {
      JdbiIdempotencyStore.insert(handle, records, inserts.getLast().order().arrivedAt());
    }
    return stored;
  }

  private static List<NewOrder> orders(List<OrderInsert> inserts) {
    return inserts.stream().map(OrderInsert::order).toList();
  }

  private void createCounters(List<OrderInsert> inserts) {
    List<UsageCounter> counters =
        inserts.stream()
            .flatMap(insert -> insert.order().reservations().stream())
            .map(LimitReservation::counter)
            .distinct()
            .toList();
    TransactionRetry.run(() ->
        database.inTransaction(
            "create usage counters", handle -> LimitCounterWriter.createMissing(handle, counters)));
  }
}
