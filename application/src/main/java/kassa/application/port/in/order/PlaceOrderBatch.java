package kassa.application.port.in.order;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.AccessDeniedException;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Places many orders at once. */
public interface PlaceOrderBatch {

  /**
   * An order among many.
   *
   * @param command what to place
   * @param idempotentRequest the call that it came with, if that has a key
   */
  record Submission(
      PlaceOrder.Command command, @Nullable IdempotentRequest<Order> idempotentRequest) {}

  /**
   * Places every order that can be begun before the deadline, several at a time, each for itself.
   * One that fails harms no other. Interrupting the caller begins no further order; those begun are
   * finished.
   *
   * @return one result for each order, in the order of the orders
   */
  List<Result> placeEach(List<Submission> orders);

  /**
   * Places all of the orders in one transaction, or none of them.
   *
   * @return one result for each order, in the order of the orders: all are placed, or some say why
   *     none is and the others are {@link Result.BatchAborted}
   * @throws AccessDeniedException if the caller may not place one of them
   */
  List<Result> placeAtomically(List<Submission> orders);

  /**
   * Does the work of lines as they come, several at a time, each for itself. Lines are asked for
   * only as fast as results are taken. A line that cannot be begun within the deadline after it
   * came is not begun. When the lines end, or asking for them or taking results throws, no further
   * line is begun, and this returns or throws when those begun are finished.
   *
   * @param lines asked by a thread of its own; may wait for the next
   * @param work the work of a line; must not throw
   * @param notStarted the result of a line that was not begun
   * @param results takes each result as soon as it is there, from the thread that called; may wait
   * @throws RuntimeException what asking for lines or taking results threw
   */
  <T, R> void stream(
      Iterator<T> lines, Function<T, R> work, Function<T, R> notStarted, Consumer<R> results);

  /** What became of one of the orders. */
  sealed interface Result {

    /**
     * It was decided.
     *
     * @param outcome what came of it
     */
    record Processed(PlaceOrder.Outcome outcome) implements Result {}

    /** It was not begun before the deadline, or before the caller went away; nothing was kept. */
    record NotStarted() implements Result {}

    /** Another order that it was to be placed together with was refused; it was not placed. */
    record BatchAborted() implements Result {}

    /**
     * It was begun and broke.
     *
     * @param cause {@link AccessDeniedException}, {@link
     *     kassa.application.port.out.StoreUnavailableException}, or a defect
     */
    record Failed(RuntimeException cause) implements Result {}
  }
}
