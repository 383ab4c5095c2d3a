package kassa.application.internal.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.application.internal.concurrent.WeightBudget;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import kassa.domain.order.Order;

/** Places batches of orders, several orders concurrently. */
public final class BatchPlacement implements PlaceOrderBatch {

  /**
   * The maximum number of lines and discounts of the placed orders of a batch. They are in memory
   * until the last order is placed; the orders after that are not placed.
   */
  public static final int MAX_ROWS = 100_000;

  /**
   * Bytes of a line of a stream that weigh as much as one line more: 16 KiB. So the lines in memory
   * have 1 MiB, or one of them has more.
   */
  private static final int BYTES_PER_WEIGHT = 1 << 14;

  private final PlaceOrderIdempotently placeOrder;
  private final AtomicBatchPlacement atomicPlacement;
  private final BoundedExecutor executor;

  public BatchPlacement(
      PlaceOrderIdempotently placeOrder,
      AtomicBatchPlacement atomicPlacement,
      BoundedExecutor executor) {
    this.placeOrder = placeOrder;
    this.atomicPlacement = atomicPlacement;
    this.executor = executor;
  }

  @Override
  public List<Result> placeEach(List<Command> orders, Runnable beforeEach) {
    WeightBudget budget = new WeightBudget(MAX_ROWS);
    Result[] results = new Result[orders.size()];
    Arrays.fill(results, new Result.NotStarted());
    Groups groups = new Groups(orders);
    executor.invokeAll(
        groups.firsts,
        first -> {
          for (int index = first; index != Groups.NONE; index = groups.next[index]) {
            results[index] = place(orders.get(index), beforeEach, budget);
          }
          return true;
        },
        false);
    return Arrays.asList(results);
  }

  /**
   * Groups of the indexes of the orders by their idempotency key, because orders with the same key
   * are placed one after another: the first is placed, and the others get its response. An order
   * without a key is a group of its own.
   */
  private static final class Groups {

    private static final int NONE = -1;

    /** The first index of each group. */
    private final List<Integer> firsts;

    /** For each index the next one of its group; {@link #NONE} after the last. */
    private final int[] next;

    private Groups(List<Command> orders) {
      firsts = new ArrayList<>(orders.size());
      next = new int[orders.size()];
      Arrays.fill(next, NONE);
      Map<IdempotencyKey, Integer> lastByKey = new HashMap<>();
      for (int index = 0; index < next.length; index++) {
        IdempotentRequest request = orders.get(index).request();
        Integer last = request == null ? null : lastByKey.put(request.key(), index);
        if (last == null) {
          firsts.add(index);
        } else {
          next[last] = index;
        }
      }
    }
  }

  @Override
  public List<Result> placeAtomically(List<Command> orders) {
    return atomicPlacement.place(orders);
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines,
      ToIntFunction<T> bytes,
      Function<T, R> work,
      Function<T, R> notStarted,
      Consumer<R> results) {
    executor.stream(
        lines, line -> 1 + bytes.applyAsInt(line) / BYTES_PER_WEIGHT, work, notStarted, results);
  }

  /**
   * @param budget the rows that the results of the batch can still have
   */
  private Result place(Command order, Runnable before, WeightBudget budget) {
    if (!budget.tryTake(1)) {
      return new Result.BatchTooLarge(MAX_ROWS);
    }
    try {
      before.run();
      Execution<Outcome> execution = placeOrder.place(order);
      if (execution instanceof Execution.Completed(Outcome.Placed(Order placed), _)) {
        budget.takeAsFarAsFree(placed.price().rowCount());
      }
      return new Result.Processed(execution);
    } catch (RuntimeException cause) {
      return new Result.Failed(cause);
    } catch (Error cause) {
      // The order was started and may have been stored; without a result it would be reported as
      // not started.
      return new Result.Failed(
          new IllegalStateException("placing the order failed with an error", cause));
    }
  }
}
