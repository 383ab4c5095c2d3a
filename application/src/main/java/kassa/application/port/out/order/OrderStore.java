package kassa.application.port.out.order;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
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
 * Keeps orders. Implementations may be called by any number of threads. Every method throws {@link
 * StoreUnavailableException} when the store cannot be asked; absence is never answered instead.
 *
 * <p>An order is kept whole or not at all, and what is read back equals what was answered when it
 * was accepted.
 */
public interface OrderStore {

  /**
   * Keeps an order under the next free number, and takes what it claims of the limits of rules, in
   * one transaction. When this returns {@link InsertResult.Inserted}, the order is durable: it
   * survives the end of the process at any moment.
   *
   * @throws IllegalStateException if there is an order of this id already; nothing is changed
   */
  default InsertResult insert(NewOrder order) {
    return insert(new OrderInsert(order, null));
  }

  /**
   * Keeps an order as above, and with it what happened to it since, if it is one of the past, and
   * the answer to the call, if it came with a key. An order of the past that was cancelled takes
   * what it claims like any other, and gives back what may be used again.
   *
   * @throws IllegalStateException if there is an order of this id already; nothing is changed
   */
  InsertResult insert(OrderInsert submission);

  /**
   * Keeps all of the orders in one transaction, in their order, or none of them.
   *
   * @return what is kept; nothing if a limit does not allow all that they claim, or if there is an
   *     answer under one of their keys already
   * @throws IllegalStateException if there is an order of one of the ids already
   */
  Optional<List<Order>> insertAtomically(List<OrderInsert> submissions);

  /**
   * Keeps orders as {@link #insert} does, and in their order: a later one has a higher number.
   * Stores that can do so keep them in one transaction.
   *
   * @return what came of each of them, in their order
   * @throws IllegalStateException if there is an order of one of the ids already
   */
  default List<InsertResult> insertAll(List<OrderInsert> submissions) {
    return submissions.stream().map(this::insert).toList();
  }

  /**
   * What is to be kept.
   *
   * @param order the order as it was placed
   * @param laterChange what happened to it since it was placed, for an order of the past
   * @param idempotentRequest the call that it came with, if that has a key
   */
  record OrderInsert(
      NewOrder order,
      @Nullable OrderChange laterChange,
      @Nullable IdempotentRequest<Order> idempotentRequest) {

    /**
     * @throws IllegalArgumentException if what happened did not begin with this order as placed
     */
    public OrderInsert {
      if (laterChange != null
          && !(laterChange.before().id().equals(order.id())
              && laterChange.before().version() == 1)) {
        throw new IllegalArgumentException("what happened to an order begins when it is placed");
      }
    }

    /** An order that is placed now. */
    public OrderInsert(NewOrder order, @Nullable IdempotentRequest<Order> request) {
      this(order, null, request);
    }

    /** The order as it is kept under this number: by now, if it is one of the past. */
    public Order toStoredOrder(OrderNumber number) {
      return laterChange == null ? order.toOrder(number) : laterChange.after().withNumber(number);
    }
  }

  /** What came of an order that was to be kept. */
  sealed interface InsertResult {

    /**
     * It is kept.
     *
     * @param order the order
     */
    record Inserted(Order order) implements InsertResult {}

    /**
     * A limit does not allow one of its claims any more; nothing is kept and nothing taken.
     *
     * @param counter what the limit counts
     */
    record LimitExceeded(UsageCounter counter) implements InsertResult {}

    /**
     * There is an answer under the key of its call already; nothing is kept and nothing taken.
     *
     * @param existing the answer
     */
    record KeyTaken(IdempotencyRecord existing) implements InsertResult {}
  }

  /**
   * Changes an order if it still has the version that its change was decided on, with its events
   * and refunds and the answer to the call that changes it, in one transaction; of two changes of
   * one version one is made. An order that was cancelled gives back once what it took of limits
   * that may be used again. When this returns, what was changed is durable.
   *
   * @param idempotencyRecord {@code null} if the call has no key
   */
  UpdateResult change(OrderChange change, @Nullable IdempotencyRecord idempotencyRecord);

  /** What came of a change. */
  enum UpdateResult {
    /** It is made, and the answer is kept. */
    DONE,
    /** The order was changed before; nothing is changed and nothing kept. */
    CONFLICT,
    /** There is an answer under the key already; nothing is changed and nothing kept. */
    KEY_TAKEN
  }

  /** Changes one order as above, and tells whether it was. */
  default boolean change(OrderChange change) {
    return change(change, null) == UpdateResult.DONE;
  }

  /** What was given back for the order of this id, oldest first; nothing if there is none. */
  List<Refund> refunds(OrderId id);

  /** What became of each rule when the order of this id was priced; empty if there is none. */
  Optional<List<RuleTrace>> trace(OrderId id);

  /** How many orders a customer has placed, those that were cancelled not counted. */
  long countOrdersOf(CustomerId customer);

  /** The order of this id, if there is one. */
  Optional<Order> find(OrderId id);

  /** The order of this number, if there is one. */
  Optional<Order> find(OrderNumber number);

  /**
   * What happened to the order of this id, oldest first and beginning with when it was placed;
   * empty if there is none. A change and its event are kept in one transaction.
   */
  Optional<List<OrderEvent>> history(OrderId id);

  /**
   * Orders by what they are sorted by, and by id where that is the same.
   *
   * @param filter which orders are meant
   * @param after the position behind which to begin; at the first order if {@code null}
   * @param limit the most orders to return, 1 or more
   */
  List<Order> list(OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after, int limit);

  /**
   * All orders by the time at which they were placed and then by id, both falling.
   *
   * @param after the position behind which to begin; at the newest if {@code null}
   * @param limit the most orders to return, 1 or more
   */
  default List<Order> listNewestFirst(@Nullable OrderSortKey after, int limit) {
    return list(OrderFilter.ALL, OrderSort.NEWEST_FIRST, after, limit);
  }
}
