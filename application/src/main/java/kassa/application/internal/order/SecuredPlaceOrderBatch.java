package kassa.application.internal.order;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import kassa.application.idempotency.Execution;
import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import kassa.domain.identity.Permission;

/**
 * Permission decorator of batches: an atomic batch is placed only if the caller may place each of
 * its orders. Orders that are placed independently are checked one by one, when they are placed.
 */
public final class SecuredPlaceOrderBatch implements PlaceOrderBatch {

  private final PlaceOrderBatch delegate;
  private final SecuredPlaceOrder guard;

  /**
   * @param delegate places each independent order through the guard
   * @param guard checks and redacts single orders
   */
  public SecuredPlaceOrderBatch(PlaceOrderBatch delegate, SecuredPlaceOrder guard) {
    this.delegate = delegate;
    this.guard = guard;
  }

  /**
   * Secures placing batches for every caller: each order of a batch is authorized.
   *
   * @param idempotent makes the placement of single orders idempotent
   */
  public static Secured<PlaceOrderBatch> secure(
      PlaceOrder placeOrder,
      Function<PlaceOrder, PlaceOrderIdempotently> idempotent,
      AtomicBatchPlacement atomicPlacement,
      BoundedExecutor executor,
      Authorization authorization) {
    return authorization.requiring(
        Permission.PLACE_ORDERS,
        caller -> {
          SecuredPlaceOrder guard = new SecuredPlaceOrder(placeOrder, authorization, caller);
          return new SecuredPlaceOrderBatch(
              new BatchPlacement(idempotent.apply(guard), atomicPlacement, executor), guard);
        });
  }

  @Override
  public List<Result> placeEach(List<Command> orders, Runnable beforeEach) {
    return delegate.placeEach(orders, beforeEach);
  }

  @Override
  public List<Result> placeAtomically(List<Command> orders) {
    List<Command> authorized = orders.stream().map(guard::authorize).toList();
    return delegate.placeAtomically(authorized).stream().map(this::redact).toList();
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines,
      ToIntFunction<T> bytes,
      Function<T, R> work,
      Function<T, R> notStarted,
      Consumer<R> results) {
    delegate.stream(lines, bytes, work, notStarted, results);
  }

  private Result redact(Result result) {
    return result instanceof Result.Processed(Execution.Completed(var outcome, boolean replayed))
        ? new Result.Processed(new Execution.Completed<>(guard.redact(outcome), replayed))
        : result;
  }
}
