package kassa.adapters.http;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import kassa.application.port.in.ProcessOrders;

/** Processing that does nothing but have the same result for every order. */
record SameResult(Supplier<Result> result) implements ProcessOrders {

  @Override
  public List<Result> process(List<Submission> orders) {
    return orders.stream().map(order -> result.get()).toList();
  }

  @Override
  public List<Result> processTogether(List<Submission> orders) {
    return process(orders);
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines, Function<T, R> work, Function<T, R> notBegun, Consumer<R> results) {
    lines.forEachRemaining(line -> results.accept(notBegun.apply(line)));
  }
}
