package kassa.adapters.http;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import kassa.application.UseCases;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.PlaceOrder;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

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
    Secured<PlaceOrder> blocking =
        caller -> new BlockingPlaceOrder(useCases.orders().placeOrder().as(caller));
    return UseCaseOverrides.replace(useCases, Map.of("placeOrder", blocking));
  }

  public void awaitStarted() {
    await(started);
  }

  public void release() {
    release.countDown();
  }

  private final class BlockingPlaceOrder implements PlaceOrder {

    private final PlaceOrder placeOrder;

    private BlockingPlaceOrder(PlaceOrder placeOrder) {
      this.placeOrder = placeOrder;
    }

    @Override
    public Outcome place(Command command, @Nullable IdempotentRequest<Order> call) {
      started.countDown();
      await(release);
      return placeOrder.place(command, call);
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
