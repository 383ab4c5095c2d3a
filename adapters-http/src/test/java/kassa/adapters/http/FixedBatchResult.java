package kassa.adapters.http;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;

/** Batch placement that returns the same result for every order. */
public record FixedBatchResult(Supplier<Result> result) implements PlaceOrderBatch {

  @Override
  public List<Result> placeEach(List<PlaceOrder.Command> orders, Runnable beforeEach) {
    return orders.stream().map(order -> result.get()).toList();
  }

  @Override
  public List<Result> placeAtomically(List<PlaceOrder.Command> orders) {
    return placeEach(orders);
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines,
      ToIntFunction<T> bytes,
      Function<T, R> work,
      Function<T, R> notStarted,
      Consumer<R> results) {
    lines.forEachRemaining(line -> results.accept(notStarted.apply(line)));
  }
}
