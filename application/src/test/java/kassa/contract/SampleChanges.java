package kassa.contract;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import kassa.application.port.out.OrderStore;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderMove;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;

/** Changes of orders for tests. */
public final class SampleChanges {

  private SampleChanges() {}

  /** Cancels an order as it is, and tells whether that was done. */
  public static boolean cancel(OrderStore store, OrderId id, Instant at) {
    return store
        .find(id)
        .orElseThrow()
        .move(OrderMove.CANCEL, null, at, null)
        .map(store::change)
        .orElse(false);
  }

  /** Gives an amount back that is left, and tells what the order is then. */
  public static Order refunded(OrderStore store, Order order, Instant at, long minorUnits) {
    return refunded(
        store,
        order,
        at,
        new RefundRequest(
            new LinkedHashMap<>(),
            new Money(minorUnits, order.price().currency()),
            new ShippingShare.None(),
            null));
  }

  /** Gives back what was paid for a unit, and tells what the order is then. */
  public static Order refunded(OrderStore store, Order order, Instant at, Sku sku) {
    return refunded(
        store,
        order,
        at,
        new RefundRequest(
            new LinkedHashMap<>(Map.of(sku, 1L)), null, new ShippingShare.None(), null));
  }

  private static Order refunded(OrderStore store, Order order, Instant at, RefundRequest request) {
    Decision decision =
        RefundedOrder.of(order, store.refunds(order.id())).refund(request, at, null);
    if (decision instanceof Decision.Granted granted && store.change(granted.change())) {
      return granted.change().after();
    }
    throw new IllegalStateException("not given back: " + decision);
  }

  /** The order after moves that nobody comes between. */
  public static Order moved(OrderStore store, Order order, Instant at, OrderMove... moves) {
    Order moved = order;
    for (OrderMove move : moves) {
      var change = moved.move(move, null, at, null).orElseThrow();
      if (!store.change(change)) {
        throw new IllegalStateException("somebody came between");
      }
      moved = change.after();
    }
    return moved;
  }
}
