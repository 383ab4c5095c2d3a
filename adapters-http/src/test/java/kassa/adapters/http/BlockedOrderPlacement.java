package kassa.adapters.http;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import kassa.application.UseCases;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.PlaceOrder;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Placing of orders that begins and then waits until it is let go. */
public final class BlockedOrderPlacement {

  private final CountDownLatch started;
  private final CountDownLatch release = new CountDownLatch(1);

  /**
   * @param orders how many are waited for until they have begun
   */
  public BlockedOrderPlacement(int orders) {
    started = new CountDownLatch(orders);
  }

  /** The same use-cases, but for this one. */
  public UseCases replaceIn(UseCases useCases) {
    Secured<PlaceOrder> held = caller -> new Held(useCases.placeOrder().as(caller));
    return UseCaseOverrides.replace(useCases, Map.of("placeOrder", held));
  }

  public void awaitStarted() {
    await(started);
  }

  public void release() {
    release.countDown();
  }

  private final class Held implements PlaceOrder {

    private final PlaceOrder placeOrder;

    private Held(PlaceOrder placeOrder) {
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
      throw new IllegalStateException("an order under way was interrupted", interrupted);
    }
  }
}
