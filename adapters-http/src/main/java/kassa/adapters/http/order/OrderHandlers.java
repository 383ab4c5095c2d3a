package kassa.adapters.http.order;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.EntityTags;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.routing.StoredResponse;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RequestFingerprint.Difference;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import kassa.domain.pricing.RuleTrace;
import tools.jackson.databind.JsonNode;

/** Places orders and returns single orders. */
public final class OrderHandlers {

  /** Maximum size of an order body in bytes: 1 MiB. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  private final Secured<PlaceOrderIdempotently> placeOrder;
  private final Secured<FindOrders> findOrders;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Responses responses;

  public OrderHandlers(
      Secured<PlaceOrderIdempotently> placeOrder,
      Secured<FindOrders> findOrders,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Responses responses) {
    this.placeOrder = placeOrder;
    this.findOrders = findOrders;
    this.currencies = currencies;
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/orders", this::place).handlingIdempotency(),
        Route.get("/v1/orders/{id}", this::find, "explain"));
  }

  private void place(Context context) {
    PlaceOrderIdempotently useCase = placeOrder.as(CurrentCaller.of(context));
    IdempotencyKey key = IdempotencyFilter.key(context);
    byte[] body = RequestBody.json(context, MAX_BODY_BYTES);
    Violations violations = new Violations();
    JsonNode sent = json.read(body);
    PlaceOrderRequest request = PlaceOrderRequest.read(sent, currencies, violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    Command command =
        key == null
            ? request.command()
            : request
                .command()
                .withRequest(
                    new IdempotentRequest(key, IdempotencyFilter.fingerprint(context, body, sent)));
    switch (useCase.place(command)) {
      case Execution.Completed(Outcome.Placed(Order order), boolean replayed) -> {
        if (replayed) {
          IdempotencyFilter.markReplayed(context);
        }
        context.header("Location", PlaceOrderResponses.location(order));
        context.header("ETag", EntityTags.of(order));
        responses.send(context, 201, OrderResponse.of(order));
      }
      case Execution.Completed(Outcome rejection, _) ->
          throw new ProblemException(PlaceOrderResponses.toProblem(rejection, request.codes()));
      case Execution.StoredResponse(String content) ->
          IdempotencyFilter.replay(context, StoredResponse.ofContent(content));
      case Execution.InProgress() ->
          throw new ProblemException(IdempotencyFilter.requestInProgress());
      case Execution.KeyReused(Difference difference) ->
          throw new ProblemException(IdempotencyFilter.keyReused(difference));
    }
  }

  private void find(Context context) {
    QueryParameters query = QueryParameters.of(context);
    boolean explain = query.bool("explain");
    query.requireValid();
    Order order = orderFromPath(context);
    String tag = explain ? EntityTags.ofExplained(order) : EntityTags.of(order);
    context.header("ETag", tag);
    if (EntityTags.matches(RequestHeaders.list(context, "If-None-Match"), tag)) {
      Responses.notModified(context);
    } else {
      responses.ok(context, new OrderResponse(order, explain ? trace(context, order) : null));
    }
  }

  private List<RuleTrace> trace(Context context, Order order) {
    return findOrders
        .as(CurrentCaller.of(context))
        .trace(order.id())
        .orElseThrow(OrderHandlers::notFound);
  }

  private Order orderFromPath(Context context) {
    return OrderReference.find(findOrders.as(CurrentCaller.of(context)), context.pathParam("id"))
        .orElseThrow(OrderHandlers::notFound);
  }

  /** Returns the problem of an order that does not exist or is not visible to the caller. */
  public static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The order does not exist.");
  }
}
