package kassa.application.internal;

import java.util.List;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;

/** Places many orders, several at a time. */
public final class OrderProcessing implements ProcessOrders {

  private final PlaceOrder placeOrder;
  private final BoundedFanOut fanOut;

  public OrderProcessing(PlaceOrder placeOrder, BoundedFanOut fanOut) {
    this.placeOrder = placeOrder;
    this.fanOut = fanOut;
  }

  @Override
  public List<Result> process(List<PlaceOrder.Command> commands) {
    return fanOut.map(commands, this::place, new Result.NotBegun());
  }

  private Result place(PlaceOrder.Command command) {
    try {
      return new Result.Processed(placeOrder.place(command));
    } catch (RuntimeException cause) {
      return new Result.Failed(cause);
    } catch (Error cause) {
      // It was begun and may have been kept; without a result it would be called not begun.
      return new Result.Failed(new IllegalStateException("placing the order broke", cause));
    }
  }
}
