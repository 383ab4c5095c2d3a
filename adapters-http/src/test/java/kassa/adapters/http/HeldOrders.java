package kassa.adapters.http;

import java.util.concurrent.CountDownLatch;
import kassa.application.UseCases;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.PlaceOrder;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Placing of orders that begins and then waits until it is let go. */
record HeldOrders(PlaceOrder placeOrder, CountDownLatch begun, CountDownLatch letGo)
    implements PlaceOrder {

  HeldOrders(PlaceOrder placeOrder) {
    this(placeOrder, new CountDownLatch(1), new CountDownLatch(1));
  }

  static UseCases in(UseCases useCases, HeldOrders held) {
    return new UseCases(
        useCases.quoteCart(),
        held,
        useCases.processOrders(),
        useCases.callOnce(),
        useCases.moveOrder(),
        useCases.refundOrder(),
        useCases.findOrders(),
        useCases.reportSales(),
        useCases.writeRules(),
        useCases.issueCodes(),
        useCases.keepProducts(),
        useCases.findProducts(),
        useCases.checkReadiness());
  }

  @Override
  public Outcome place(Command command, @Nullable KeyedCall<Order> call) {
    begun.countDown();
    await(letGo);
    return placeOrder.place(command, call);
  }

  void awaitBegin() {
    await(begun);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("an order under way was interrupted", interrupted);
    }
  }
}
