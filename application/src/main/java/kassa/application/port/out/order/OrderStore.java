package kassa.application.port.out.order;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
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
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/**
 * Order store. Thread-safe. Every method throws {@link StoreUnavailableException} when the store
 * cannot be used; an empty result always means that no such order exists.
 *
 * <p>Writes are atomic, with the events of the changes, and an order that is read equals the order
 * that was returned when it was inserted.
 */
public interface OrderStore {

  /**
   * Inserts an order under the next free order number and reserves its usage of the limits of
   * rules, in one transaction. When this returns {@link InsertResult.Inserted}, the order is
   * durable, even if the process ends immediately.
   *
   * @throws IllegalStateException if an order with this id exists already; nothing is changed
   */
  default InsertResult insert(NewOrder order) {
    return insert(new OrderInsert(order, null));
  }

  /**
   * Inserts an order as above, together with the later changes of a historical order and the
   * idempotency record of a request with a key. A cancelled historical order reserves its usage of
   * limits like any other order, and releases its usage of reusable limits.
   *
   * @throws IllegalStateException if an order with this id exists already; nothing is changed
   * @throws IdempotencyKeyTakenException if an idempotency record exists under the key
   */
  InsertResult insert(OrderInsert submission);

  /**
   * Inserts all orders in one transaction, in the order of the list, or none of them.
   *
   * @throws IllegalStateException if an order with one of the ids exists already
   * @throws IdempotencyKeyTakenException if an idempotency record exists under one of the keys
   */
  AtomicInsertResult insertAtomically(List<OrderInsert> submissions);

  /** Result of {@link #insertAtomically}. */
  sealed interface AtomicInsertResult {

    /**
     * All orders were stored.
     *
     * @param orders the stored orders, in the order of the list
     */
    record Inserted(List<Order> orders) implements AtomicInsertResult {

      /** Copies the list. */
      public Inserted {
        orders = List.copyOf(orders);
      }
    }

    /**
     * A limit does not allow the reservations of an order together with those of the orders before
     * it; nothing was stored or reserved.
     *
     * @param index the index of this order in the list
     * @param counter the counter of the exceeded limit
     */
    record LimitExceeded(int index, UsageCounter counter) implements AtomicInsertResult {}
  }

  /**
   * Inserts orders independently as {@link #insert} does, in the order of the list: later orders
   * have higher numbers. Implementations can use one transaction for all.
   *
   * @return one result per order, in the order of the list
   * @throws IllegalStateException if an order with one of the ids exists already
   * @throws IdempotencyKeyTakenException if an idempotency record exists under one of the keys; the
   *     orders with other keys may be stored
   */
  default List<InsertResult> insertAll(List<OrderInsert> submissions) {
    return submissions.stream().map(this::insert).toList();
  }

  /**
   * Order to insert.
   *
   * @param order the order as placed
   * @param laterChange the changes since a historical order was placed; {@code null} for a new
   *     order
   * @param idempotencyRecord the idempotency record of the request, or {@code null} if it has no
   *     idempotency key
   * @param actor the name of the caller who places the order, for its event; {@code null} for a
   *     historical order, which has no event
   */
  record OrderInsert(
      NewOrder order,
      @Nullable OrderChange laterChange,
      @Nullable IdempotencyRecord idempotencyRecord,
      @Nullable String actor) {

    /**
     * @throws IllegalArgumentException if {@code laterChange} does not start with version 1 of this
     *     order
     */
    public OrderInsert {
      if (laterChange != null
          && !(laterChange.before().id().equals(order.id())
              && laterChange.before().version() == 1)) {
        throw new IllegalArgumentException(
            "laterChange must start with version 1 of the inserted order");
      }
    }

    /** Order without later changes and without an event. */
    public OrderInsert(NewOrder order, @Nullable IdempotencyRecord idempotencyRecord) {
      this(order, null, idempotencyRecord, null);
    }

    /** Order with later changes, without an event. */
    public OrderInsert(
        NewOrder order,
        @Nullable OrderChange laterChange,
        @Nullable IdempotencyRecord idempotencyRecord) {
      this(order, laterChange, idempotencyRecord, null);
    }

    /** Returns the order as stored under this number; a historical order with its later changes. */
    public Order toStoredOrder(OrderNumber number) {
      return laterChange == null ? order.toOrder(number) : laterChange.after().withNumber(number);
    }
  }

  /** Result of {@link #insert}. */
  sealed interface InsertResult {

    /**
     * The order was stored.
     *
     * @param order the stored order
     */
    record Inserted(Order order) implements InsertResult {}

    /**
     * A limit does not allow one of the reservations; nothing was stored or reserved.
     *
     * @param counter the counter of the exceeded limit
     */
    record LimitExceeded(UsageCounter counter) implements InsertResult {}
  }

  /**
   * Changes an order (optimistic locking): stores the change with its events, its refunds and the
   * idempotency record in one transaction, if the order still has the version on which the change
   * is based. Of two concurrent changes of the same version, one succeeds. A cancelled order
   * releases its usage of reusable limits, once. The change is durable when this method returns.
   *
   * @param idempotencyRecord {@code null} if the request has no idempotency key
   * @return {@code false} if the order has another version; nothing was stored then
   * @throws IdempotencyKeyTakenException if an idempotency record exists under the key
   */
  boolean change(OrderChange change, @Nullable IdempotencyRecord idempotencyRecord);

  /**
   * Returns the refunds of the order with this id, oldest first; an empty list if the order does
   * not exist or has no refunds.
   */
  List<Refund> refunds(OrderId id);

  /**
   * Returns the pricing trace of the order with this id: the result of each rule when the order was
   * priced; empty if the order does not exist.
   */
  Optional<List<RuleTrace>> trace(OrderId id);

  /** Returns the number of orders of a customer, without cancelled orders. */
  long countOrdersOf(CustomerId customer);

  /** Returns the order with this id, or empty if it does not exist. */
  Optional<Order> find(OrderId id);

  /** Returns the order with this number, or empty if it does not exist. */
  Optional<Order> find(OrderNumber number);

  /**
   * Returns the events of the order with this id, oldest first, starting with the placement; empty
   * if the order does not exist. A change and its event are stored in one transaction.
   */
  Optional<List<OrderEvent>> history(OrderId id);

  /**
   * Lists orders in the given sort order; ties are sorted by id.
   *
   * @param filter which orders to return
   * @param sort the sort order
   * @param after list orders after this position; {@code null} to start at the first
   * @param limit the maximum number of orders, 1 or more
   */
  List<Order> list(OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit);

  /**
   * Lists all orders by descending time of placement, then by descending id.
   *
   * @param after list orders after this position; {@code null} to start at the newest
   * @param limit the maximum number of orders, 1 or more
   */
  default List<Order> listNewestFirst(@Nullable OrderSortKey after, int limit) {
    return list(OrderFilter.ALL, OrderSort.NEWEST_FIRST, after, limit);
  }
}
