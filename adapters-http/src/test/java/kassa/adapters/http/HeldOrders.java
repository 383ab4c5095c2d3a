package kassa.adapters.http;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import kassa.application.UseCases;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.PlaceOrder;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Placing of orders that begins and then waits until it is let go. */
final class HeldOrders {

  private final CountDownLatch begun;
  private final CountDownLatch letGo = new CountDownLatch(1);

  /**
   * @param orders how many are waited for until they have begun
   */
  HeldOrders(int orders) {
    begun = new CountDownLatch(orders);
  }

  /** The same use-cases, but for this one. */
  UseCases in(UseCases useCases) {
    ByCaller<PlaceOrder> held = caller -> new Held(useCases.placeOrder().by(caller));
    return Replaced.in(useCases, Map.of("placeOrder", held));
  }

  void awaitBegun() {
    await(begun);
  }

  void letGo() {
    letGo.countDown();
  }

  private final class Held implements PlaceOrder {

    private final PlaceOrder placeOrder;

    private Held(PlaceOrder placeOrder) {
      this.placeOrder = placeOrder;
    }

    @Override
    public Outcome place(Command command, @Nullable KeyedCall<Order> call) {
      begun.countDown();
      await(letGo);
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
