package kassa.application.port.in.order;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import kassa.application.idempotency.Execution;
import kassa.application.port.in.AccessDeniedException;

/** Places many orders in one call: independently, atomically or as a stream. */
public interface PlaceOrderBatch {

  /**
   * Places the orders independently, several concurrently. Each order is placed if it can start
   * before the deadline. A failed order does not affect the others. If the calling thread is
   * interrupted, no further order starts; started orders are finished.
   *
   * @param beforeEach called before each order starts; if it throws, the order is not placed and
   *     its result is {@link Result.Failed}
   * @return one result per order, in the order of the list
   */
  List<Result> placeEach(List<PlaceOrder.Command> orders, Runnable beforeEach);

  /** Places the orders independently, with nothing to do before each. */
  default List<Result> placeEach(List<PlaceOrder.Command> orders) {
    return placeEach(orders, () -> {});
  }

  /**
   * Places all orders atomically in one transaction, or none of them.
   *
   * @return one result per order, in the order of the list: either all are placed, or some have the
   *     reason for the refusal and the others are {@link Result.BatchAborted}
   * @throws AccessDeniedException if the caller may not place one of them
   */
  List<Result> placeAtomically(List<PlaceOrder.Command> orders);

  /**
   * Processes a stream of lines independently, several concurrently, with backpressure: lines are
   * read only as fast as results are consumed. A line that cannot start within the deadline after
   * it was read is not started. At the end of the lines, or when reading lines or consuming results
   * throws, no further line starts. This method returns or throws after all started lines are
   * finished.
   *
   * @param lines the lines, read by a separate thread; may block until the next line
   * @param bytes the size of a line in bytes; fewer large lines are read ahead
   * @param work processes one line; must not throw
   * @param notStarted returns the result of a line that was not started
   * @param results consumes each result as soon as it is available, in the calling thread; may
   *     block
   * @throws RuntimeException the exception that reading lines or consuming results threw
   */
  <T, R> void stream(
      Iterator<T> lines,
      ToIntFunction<T> bytes,
      Function<T, R> work,
      Function<T, R> notStarted,
      Consumer<R> results);

  /** Result of one order of a batch. */
  sealed interface Result {

    /**
     * The order was processed.
     *
     * @param execution the outcome, or why the order was not placed now
     */
    record Processed(Execution<PlaceOrder.Outcome> execution) implements Result {}

    /**
     * The order was not started before the deadline or before the caller was interrupted; nothing
     * was stored.
     */
    record NotStarted() implements Result {}

    /** Another order of the atomic batch was refused; this order was not placed. */
    record BatchAborted() implements Result {}

    /**
     * The batch has too many lines and discounts with this order; it was not placed.
     *
     * @param maxRows the maximum number of lines and discounts of all orders together
     */
    record BatchTooLarge(int maxRows) implements Result {}

    /**
     * The order was started and failed with an exception.
     *
     * @param cause an {@link AccessDeniedException}, a {@link
     *     kassa.application.port.out.StoreUnavailableException}, or an exception caused by a defect
     */
    record Failed(RuntimeException cause) implements Result {}
  }
}
