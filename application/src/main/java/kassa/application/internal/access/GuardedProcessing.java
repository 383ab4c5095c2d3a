package kassa.application.internal.access;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import kassa.application.port.in.ProcessOrders;

/**
 * Places many orders for one caller: together only if the caller may place each of them. Those that
 * are placed each for itself are guarded one by one, where they are placed.
 */
public final class GuardedProcessing implements ProcessOrders {

  private final ProcessOrders processing;
  private final GuardedPlacing guard;

  /**
   * @param processing places each order through the guard
   */
  public GuardedProcessing(ProcessOrders processing, GuardedPlacing guard) {
    this.processing = processing;
    this.guard = guard;
  }

  @Override
  public List<Result> process(List<Submission> orders) {
    return processing.process(orders);
  }

  @Override
  public List<Result> processTogether(List<Submission> orders) {
    List<Submission> admitted =
        orders.stream()
            .map(order -> new Submission(guard.admitted(order.command()), order.call()))
            .toList();
    return processing.processTogether(admitted).stream().map(this::told).toList();
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines, Function<T, R> work, Function<T, R> notBegun, Consumer<R> results) {
    processing.stream(lines, work, notBegun, results);
  }

  private Result told(Result result) {
    return result instanceof Result.Processed processed
        ? new Result.Processed(guard.told(processed.outcome()))
        : result;
  }
}
