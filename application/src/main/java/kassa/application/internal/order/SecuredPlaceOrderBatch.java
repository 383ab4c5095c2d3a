package kassa.application.internal.order;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import kassa.application.port.in.order.PlaceOrderBatch;

/**
 * Places many orders for one caller: together only if the caller may place each of them. Those that
 * are placed each for itself are guarded one by one, where they are placed.
 */
public final class SecuredPlaceOrderBatch implements PlaceOrderBatch {

  private final PlaceOrderBatch delegate;
  private final SecuredPlaceOrder guard;

  /**
   * @param delegate places each order through the guard
   */
  public SecuredPlaceOrderBatch(PlaceOrderBatch delegate, SecuredPlaceOrder guard) {
    this.delegate = delegate;
    this.guard = guard;
  }

  @Override
  public List<Result> placeEach(List<Submission> orders) {
    return delegate.placeEach(orders);
  }

  @Override
  public List<Result> placeAtomically(List<Submission> orders) {
    List<Submission> admitted =
        orders.stream()
            .map(order ->
                new Submission(guard.authorize(order.command()), order.idempotentRequest()))
            .toList();
    return delegate.placeAtomically(admitted).stream().map(this::redact).toList();
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines, Function<T, R> work, Function<T, R> notStarted, Consumer<R> results) {
    delegate.stream(lines, work, notStarted, results);
  }

  private Result redact(Result result) {
    return result instanceof Result.Processed processed
        ? new Result.Processed(guard.redact(processed.outcome()))
        : result;
  }
}
