package kassa.adapters.http;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import kassa.application.UseCases;
import kassa.application.idempotency.Execution;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderIdempotently;

/** Order placement that starts and then blocks until {@link #release()} is called. */
public final class BlockedOrderPlacement {

  private final CountDownLatch started;
  private final CountDownLatch release = new CountDownLatch(1);

  /**
   * @param orders number of started orders that {@link #awaitStarted()} waits for
   */
  public BlockedOrderPlacement(int orders) {
    started = new CountDownLatch(orders);
  }

  /** Returns the use cases with order placement replaced by the blocking one. */
  public UseCases replaceIn(UseCases useCases) {
    Secured<PlaceOrderIdempotently> blocking =
        caller -> new BlockingPlaceOrder(useCases.orders().placeOrderIdempotently().as(caller));
    return UseCaseOverrides.replace(useCases, Map.of("placeOrderIdempotently", blocking));
  }

  public void awaitStarted() {
    await(started);
  }

  public void release() {
    release.countDown();
  }

  private final class BlockingPlaceOrder implements PlaceOrderIdempotently {

    private final PlaceOrderIdempotently placeOrder;

    private BlockingPlaceOrder(PlaceOrderIdempotently placeOrder) {
      this.placeOrder = placeOrder;
    }

    @Override
    public Execution<Outcome> place(Command command) {
      started.countDown();
      await(release);
      return placeOrder.place(command);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("a blocked order was interrupted", interrupted);
    }
  }
}
