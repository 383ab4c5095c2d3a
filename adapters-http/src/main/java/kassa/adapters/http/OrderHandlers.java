package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.OrderResponse;
import kassa.adapters.http.message.PlaceOrderRequest;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import kassa.domain.pricing.RuleTrace;

/** Places orders, and answers them one by one. */
final class OrderHandlers {

  /** The most bytes of an order's body: 1 MiB. */
  static final int LARGEST_BODY = 1 << 20;

  private final ByCaller<PlaceOrder> placeOrder;
  private final ByCaller<FindOrders> findOrders;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Answers answers;

  OrderHandlers(
      ByCaller<PlaceOrder> placeOrder,
      ByCaller<FindOrders> findOrders,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Answers answers) {
    this.placeOrder = placeOrder;
    this.findOrders = findOrders;
    this.currencies = currencies;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/orders", this::place).keepingKeys(),
        Route.get("/v1/orders/{id}", this::find, "explain"));
  }

  private void place(Context context) {
    PlaceOrder placing = placeOrder.by(Callers.of(context));
    IdempotencyKey key = Idempotency.key(context);
    byte[] body = RequestBody.json(context, LARGEST_BODY);
    Faults faults = new Faults();
    PlaceOrderRequest request = PlaceOrderRequest.read(json.read(body), currencies, faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    KeyedCall<Order> call =
        key == null
            ? null
            : new KeyedCall<>(
                key, Idempotency.request(context, body), order -> PlacedOrders.answer(order, json));
    switch (placing.place(request.command(), call)) {
      case Outcome.Placed(Order order) -> {
        context.header("Location", PlacedOrders.location(order));
        context.header("ETag", EntityTags.of(order));
        answers.send(context, 201, OrderResponse.of(order));
      }
      case Outcome.Repeated(Answer answer) -> Idempotency.replay(context, answer);
      case Outcome refused ->
          throw new ProblemException(PlacedOrders.refusal(refused, request.codes()));
    }
  }

  private void find(Context context) {
    boolean explain = QueryParameters.flag(context, "explain");
    Order order = orderOfPath(context);
    String tag = explain ? EntityTags.ofExplained(order) : EntityTags.of(order);
    context.header("ETag", tag);
    if (EntityTags.matches(Headers.list(context, "If-None-Match"), tag)) {
      Answers.notModified(context);
    } else {
      answers.ok(context, OrderResponse.of(order, explain ? trace(context, order) : null));
    }
  }

  private List<RuleTrace> trace(Context context, Order order) {
    return findOrders.by(Callers.of(context)).trace(order.id()).orElseThrow(OrderHandlers::absent);
  }

  private Order orderOfPath(Context context) {
    return OrderNames.find(findOrders.by(Callers.of(context)), context.pathParam("id"))
        .orElseThrow(OrderHandlers::absent);
  }

  static ProblemException absent() {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no such order.");
  }
}
