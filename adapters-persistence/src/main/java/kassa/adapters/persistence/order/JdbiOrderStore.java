package kassa.adapters.persistence.order;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import kassa.adapters.persistence.event.EventWriter;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.GroupCommit;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.adapters.persistence.order.search.OrderSearchQuery;
import kassa.adapters.persistence.usage.ExhaustedLimits;
import kassa.adapters.persistence.usage.LimitCounterWriter;
import kassa.adapters.persistence.usage.LimitReservationWriter;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.order.OrderStore;
import kassa.application.telemetry.Telemetry;
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

  /** The result of an order is empty if its idempotency key has a record. */
  private final GroupCommit<OrderInsert, Optional<InsertResult>> groupCommit;

  /** The number of the next rehearsed order; {@code null} if orders are stored. */
  private final @Nullable AtomicLong rehearsalNumbers;

  public JdbiOrderStore(Database database) {
    this(database, null);
  }

  private JdbiOrderStore(Database database, @Nullable AtomicLong rehearsalNumbers) {
    this.database = database;
    this.rehearsalNumbers = rehearsalNumbers;
    this.groupCommit =
        new GroupCommit<>(
            database.groupCommitBounds(),
            JdbiOrderStore::rowCount,
            this::writeGroup,
            rehearsalNumbers == null ? database.telemetry() : Telemetry.none());
  }

  /**
   * A store that inserts single orders and rolls back: nothing is stored, no order number is used
   * up, and the other writes are refused. It reads what is stored. See docs/decisions/0164.
   *
   * @param firstNumber the number of the first rehearsed order, 1 or more; other nodes rehearse
   *     with other numbers, so that they do not wait for each other
   */
  public static JdbiOrderStore rehearsal(Database database, long firstNumber) {
    return new JdbiOrderStore(database, new AtomicLong(firstNumber));
  }

  /** Returns about how many rows an order has; ten rules of the pricing trace count as one. */
  private static int rowCount(OrderInsert insert) {
    return insert.order().price().rowCount() + insert.order().trace().size() / 10;
  }

  @Override
  public InsertResult insert(OrderInsert submission) {
    return groupCommit.submit(submission).orElseThrow(IdempotencyKeyTakenException::new);
  }

  @Override
  public AtomicInsertResult insertAtomically(List<OrderInsert> inserts) {
    requireNoRehearsal();
    return TransactionRetry.run(() ->
        database
            .inTransaction(
                "insert orders",
                handle -> {
                  requireNewKeys(handle, inserts);
                  return storeAll(handle, inserts, List.of());
                })
            .<AtomicInsertResult>map(AtomicInsertResult.Inserted::new)
            .orElseGet(() -> storeAllOrFindExceeded(inserts)));
  }

  private void requireNewKeys(Handle handle, List<OrderInsert> inserts) {
    if (findNew(handle, inserts).cardinality() < inserts.size()) {
      throw new IdempotencyKeyTakenException();
    }
  }

  /** Inserts all of the orders, or finds the first one that a limit does not allow. */
  private AtomicInsertResult storeAllOrFindExceeded(List<OrderInsert> inserts) {
    createCounters(inserts);
    return database.inTransaction(
        "insert orders",
        handle -> {
          requireNewKeys(handle, inserts);
          List<Optional<UsageCounter>> exceeded =
              LimitReservationWriter.reserveEach(handle, orders(inserts))
                  .orElseThrow(() -> new WriteConflictException(null));
          for (int index = 0; index < exceeded.size(); index++) {
            if (exceeded.get(index).isPresent()) {
              handle.rollback();
              return new AtomicInsertResult.LimitExceeded(index, exceeded.get(index).get());
            }
          }
          return new AtomicInsertResult.Inserted(insert(handle, inserts, List.of()));
        });
  }

  @Override
  public List<InsertResult> insertAll(List<OrderInsert> inserts) {
    requireNoRehearsal();
    return storeGroup(inserts).stream()
        .map(result -> result.orElseThrow(IdempotencyKeyTakenException::new))
        .toList();
  }

  @Override
  public boolean change(OrderChange change, @Nullable IdempotencyRecord idempotencyRecord) {
    requireNoRehearsal();
    return TransactionRetry.run(() ->
        database.inTransaction(
            "update an order",
            handle -> {
              boolean changed = OrderUpdater.update(handle, database.dialect(), change);
              if (changed) {
                EventWriter.insert(handle, database.dialect(), events(change));
                JdbiIdempotencyStore.insert(handle, database.dialect(), idempotencyRecord);
              }
              return changed;
            }));
  }

  private static List<NewEvent> events(OrderChange change) {
    return IntStream.range(0, change.events().size())
        .mapToObj(step -> {
          OrderEvent event = change.events().get(step);
          return new NewEvent(
              EventType.of(event.kind()),
              change.after().id().value(),
              null,
              change.versionAfterStep(step),
              event.actor(),
              event.at(),
              null);
        })
        .toList();
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
    return database.query(
        "find an order", handle -> OrderReader.find(handle, database.dialect(), id));
  }

  @Override
  public Optional<Order> find(OrderNumber number) {
    return database.query(
        "find an order", handle -> OrderReader.find(handle, database.dialect(), number));
  }

  @Override
  public Optional<List<OrderEvent>> history(OrderId id) {
    return database.query("read the history of an order", handle -> OrderHistory.find(handle, id));
  }

  @Override
  public List<Order> list(
      OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit) {
    OrderSearchQuery query = new OrderSearchQuery(database.dialect(), filter, sort, after, limit);
    return database.read(
        "search orders", handle -> OrderReader.list(handle, database.dialect(), query));
  }

  private void requireNoRehearsal() {
    if (rehearsalNumbers != null) {
      throw new IllegalStateException("a rehearsal only inserts single orders");
    }
  }

  private List<Optional<InsertResult>> writeGroup(List<OrderInsert> inserts) {
    return rehearsalNumbers == null ? storeGroup(inserts) : rehearse(inserts, rehearsalNumbers);
  }

  /** Inserts orders without regard to limits and idempotency keys, and rolls back. */
  private List<Optional<InsertResult>> rehearse(List<OrderInsert> inserts, AtomicLong nextNumber) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "rehearse orders",
            handle -> {
              findNew(handle, inserts);
              LimitReservationWriter.reserveAll(handle, orders(inserts));
              List<OrderNumber> numbers =
                  inserts.stream()
                      .map(insert -> new OrderNumber(nextNumber.getAndIncrement()))
                      .toList();
              OrderWriter.rehearse(handle, database.dialect(), inserts, numbers);
              handle.rollback();
              return IntStream.range(0, inserts.size())
                  .mapToObj(i ->
                      Optional.<InsertResult>of(
                          new InsertResult.Inserted(inserts.get(i).toStoredOrder(numbers.get(i)))))
                  .toList();
            }));
  }

  /**
   * Inserts orders in one transaction, first all together: usually their idempotency keys are new,
   * and the limits allow all of them.
   *
   * @return one result per order; empty if its idempotency key has a record
   */
  List<Optional<InsertResult>> storeGroup(List<OrderInsert> inserts) {
    return TransactionRetry.run(() ->
        storeAllWithKeys(inserts)
            .map(stored -> stored.stream().map(JdbiOrderStore::inserted).toList())
            .orElseGet(() -> storeEach(inserts)));
  }

  private static Optional<InsertResult> inserted(Order order) {
    return Optional.of(new InsertResult.Inserted(order));
  }

  /**
   * Inserts the orders and their idempotency records. The records are inserted by the statement of
   * the orders, because a statement of their own is a further round trip.
   *
   * @return empty if a limit or the record of a key does not allow it; nothing is stored then
   */
  private Optional<List<Order>> storeAllWithKeys(List<OrderInsert> inserts) {
    List<IdempotencyRecord> records = records(inserts);
    try {
      return database.inTransaction("insert orders", handle -> storeAll(handle, inserts, records));
    } catch (IllegalStateException failure) {
      if (!records.isEmpty() && SqlExceptionTranslator.isUniqueViolation(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /**
   * Inserts the idempotency records; returns the indexes of the orders without or with a new key.
   */
  private BitSet findNew(Handle handle, List<OrderInsert> inserts) {
    Set<IdempotencyKey> newKeys =
        JdbiIdempotencyStore.insertNew(handle, database.dialect(), records(inserts));
    BitSet fresh = new BitSet(inserts.size());
    for (int i = 0; i < inserts.size(); i++) {
      IdempotencyRecord record = inserts.get(i).idempotencyRecord();
      // Of several orders with the same key, the first is new.
      fresh.set(i, record == null || newKeys.remove(record.key()));
    }
    return fresh;
  }

  private static List<IdempotencyRecord> records(List<OrderInsert> inserts) {
    return inserts.stream().map(OrderInsert::idempotencyRecord).filter(Objects::nonNull).toList();
  }

  /**
   * Inserts all of the orders if the limits allow it.
   *
   * @return empty if a limit does not allow it, and the transaction is rolled back then
   */
  private Optional<List<Order>> storeAll(
      Handle handle, List<OrderInsert> inserts, List<IdempotencyRecord> records) {
    if (!LimitReservationWriter.reserveAll(handle, orders(inserts))) {
      handle.rollback();
      return Optional.empty();
    }
    return Optional.of(insert(handle, inserts, records));
  }

  /**
   * Inserts those of the orders that have no idempotency key or a new one, and that the limits
   * allow. The records are inserted first, so nothing has to be undone for an order whose key has a
   * record.
   */
  private List<Optional<InsertResult>> storeEach(List<OrderInsert> inserts) {
    return database
        .inTransaction(
            "insert orders",
            handle -> {
              BitSet fresh = findNew(handle, inserts);
              return storeEach(handle, fresh.stream().mapToObj(inserts::get).toList())
                  .map(results -> {
                    Iterator<InsertResult> next = results.iterator();
                    return IntStream.range(0, inserts.size())
                        .mapToObj(i -> Optional.ofNullable(fresh.get(i) ? next.next() : null))
                        .toList();
                  });
            })
        .orElseThrow(() -> {
          createCounters(inserts);
          return new WriteConflictException(null);
        });
  }

  private Optional<List<InsertResult>> storeEach(Handle handle, List<OrderInsert> inserts) {
    Optional<List<Optional<UsageCounter>>> reservations =
        LimitReservationWriter.reserveEach(handle, orders(inserts));
    if (reservations.isEmpty()) {
      handle.rollback();
      return Optional.empty();
    }
    List<Optional<UsageCounter>> exceededCounters = reservations.get();
    List<OrderInsert> allowed = new ArrayList<>();
    List<OrderInsert> refused = new ArrayList<>();
    for (int i = 0; i < inserts.size(); i++) {
      (exceededCounters.get(i).isEmpty() ? allowed : refused).add(inserts.get(i));
    }
    JdbiIdempotencyStore.delete(handle, records(refused));
    Iterator<Order> stored = insert(handle, allowed, List.of()).iterator();
    return Optional.of(
        exceededCounters.stream()
            .map(exceeded ->
                exceeded
                    .<InsertResult>map(InsertResult.LimitExceeded::new)
                    .orElseGet(() -> new InsertResult.Inserted(stored.next())))
            .toList());
  }

  /** Inserts orders with their later changes. */
  private List<Order> insert(
      Handle handle, List<OrderInsert> inserts, List<IdempotencyRecord> records) {
    if (inserts.isEmpty()) {
      return List.of();
    }
    List<OrderNumber> numbers = OrderWriter.insert(handle, database.dialect(), inserts, records);
    OrderUpdater.writeEventsAndRefunds(
        handle, inserts.stream().map(OrderInsert::laterChange).filter(Objects::nonNull).toList());
    EventWriter.insert(handle, database.dialect(), ExhaustedLimits.find(handle, inserts));
    List<Order> stored = new ArrayList<>(inserts.size());
    for (int i = 0; i < inserts.size(); i++) {
      stored.add(inserts.get(i).toStoredOrder(numbers.get(i)));
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
