package kassa.application.internal.order;

import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import kassa.application.port.out.order.OrderStore;

/** Idempotency decorator of placing orders. See docs/decisions/0137. */
public final class IdempotentPlaceOrder implements PlaceOrderIdempotently {

  private final PlaceOrder delegate;
  private final OrderStore orders;
  private final IdempotencyService idempotency;

  public IdempotentPlaceOrder(
      PlaceOrder delegate, OrderStore orders, IdempotencyService idempotency) {
    this.delegate = delegate;
    this.orders = orders;
    this.idempotency = idempotency;
  }

  @Override
  public Execution<Outcome> place(Command command) {
    IdempotentRequest request = command.request();
    return request == null
        ? new Execution.Completed<>(delegate.place(command), false)
        : idempotency.run(
            request,
            () -> delegate.place(command),
            Outcome.Placed.class::isInstance,
            stored -> replay(orders, stored));
  }

  /** Returns the outcome of a completed request: the order as it was placed. */
  static Execution<Outcome> replay(OrderStore orders, IdempotencyRecord stored) {
    return switch (stored.result()) {
      case Result.PlacedOrder(var id) ->
          new Execution.Completed<>(
              new Outcome.Placed(orders.find(id).orElseThrow().asPlaced(stored.createdAt())), true);
      case Result.Response(String content) -> new Execution.StoredResponse<>(content);
    };
  }
}
