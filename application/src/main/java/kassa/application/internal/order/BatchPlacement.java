package kassa.application.internal.order;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;

/** Places batches of orders, several orders concurrently. */
public final class BatchPlacement implements PlaceOrderBatch {

  private final PlaceOrder placeOrder;
  private final AtomicBatchPlacement atomicPlacement;
  private final BoundedExecutor executor;

  public BatchPlacement(
      PlaceOrder placeOrder, AtomicBatchPlacement atomicPlacement, BoundedExecutor executor) {
    this.placeOrder = placeOrder;
    this.atomicPlacement = atomicPlacement;
    this.executor = executor;
  }

  @Override
  public List<Result> placeEach(List<Submission> orders, Runnable beforeEach) {
    return executor.invokeAll(orders, order -> place(order, beforeEach), new Result.NotStarted());
  }

  @Override
  public List<Result> placeAtomically(List<Submission> orders) {
    return atomicPlacement.place(orders);
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines, Function<T, R> work, Function<T, R> notStarted, Consumer<R> results) {
    executor.stream(lines, work, notStarted, results);
  }

  private Result place(Submission order, Runnable before) {
    try {
      before.run();
      return new Result.Processed(placeOrder.place(order.command(), order.idempotentRequest()));
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
