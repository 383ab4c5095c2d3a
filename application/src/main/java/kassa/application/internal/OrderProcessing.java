package kassa.application.internal;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;

/** Places many orders, several at a time. */
public final class OrderProcessing implements ProcessOrders {

  private final PlaceOrder placeOrder;
  private final JointPlacement jointPlacement;
  private final BoundedFanOut fanOut;

  public OrderProcessing(
      PlaceOrder placeOrder, JointPlacement jointPlacement, BoundedFanOut fanOut) {
    this.placeOrder = placeOrder;
    this.jointPlacement = jointPlacement;
    this.fanOut = fanOut;
  }

  @Override
  public List<Result> process(List<Submission> orders) {
    return fanOut.map(orders, this::place, new Result.NotBegun());
  }

  @Override
  public List<Result> processTogether(List<Submission> orders) {
    return jointPlacement.place(orders);
  }

  @Override
  public <T, R> void stream(
      Iterator<T> lines, Function<T, R> work, Function<T, R> notBegun, Consumer<R> results) {
    fanOut.stream(lines, work, notBegun, results);
  }

  private Result place(Submission order) {
    try {
      return new Result.Processed(placeOrder.place(order.command(), order.call()));
    } catch (RuntimeException cause) {
      return new Result.Failed(cause);
    } catch (Error cause) {
      // It was begun and may have been kept; without a result it would be called not begun.
      return new Result.Failed(new IllegalStateException("placing the order broke", cause));
    }
  }
}
