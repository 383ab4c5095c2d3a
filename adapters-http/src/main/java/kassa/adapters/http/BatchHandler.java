package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.BatchRequest;
import kassa.adapters.http.message.BatchResponse;
import kassa.adapters.http.message.BatchResponse.Item;
import kassa.adapters.http.message.BatchResponse.PlacedItem;
import kassa.adapters.http.message.BatchResponse.RefusedItem;
import kassa.adapters.http.message.OrderResponse;
import kassa.adapters.http.message.PlaceOrderRequest;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import kassa.domain.pricing.Quote;
import tools.jackson.databind.JsonNode;

/** Places many orders of one body, each for itself. */
final class BatchHandler {

  /** The most bytes of a batch's body: 8 MiB. */
  static final int LARGEST_BODY = 1 << 23;

  private final ProcessOrders processOrders;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Answers answers;

  BatchHandler(
      ProcessOrders processOrders, AcceptedCurrencies currencies, JsonCodec json, Answers answers) {
    this.processOrders = processOrders;
    this.currencies = currencies;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/orders/batch", this::process));
  }

  private void process(Context context) {
    OrderHandlers.refuseIdempotencyKey(context);
    Faults faults = new Faults();
    List<JsonNode> orders =
        BatchRequest.read(json.read(RequestBody.json(context, LARGEST_BODY)), faults);
    if (orders == null) {
      throw new ProblemException(Problem.of(faults));
    }
    answers.ok(context, BatchResponse.of(process(context, orders)));
  }

  private List<Item> process(Context context, List<JsonNode> orders) {
    SortedMap<Integer, Item> items = new TreeMap<>();
    SortedMap<Integer, PlaceOrderRequest> requests = new TreeMap<>();
    for (int index = 0; index < orders.size(); index++) {
      Faults faults = new Faults();
      PlaceOrderRequest request = PlaceOrderRequest.read(orders.get(index), currencies, faults);
      if (request == null) {
        items.put(index, refused(context, index, Problem.of(faults)));
      } else {
        requests.put(index, request);
      }
    }
    List<PlaceOrder.Command> commands =
        requests.values().stream().map(PlaceOrderRequest::command).toList();
    Iterator<Result> results = processOrders.process(commands).iterator();
    requests.forEach(
        (index, request) -> items.put(index, item(context, index, request, results.next())));
    return List.copyOf(items.values());
  }

  private static Item item(Context context, int index, PlaceOrderRequest request, Result result) {
    return switch (result) {
      case Result.Processed(Outcome.Placed(Order order)) ->
          new PlacedItem(index, 201, OrderResponse.of(order));
      case Result.Processed(Outcome.CodesRejected(Quote quote)) ->
          refused(context, index, Refusals.codesRejected(quote, request.codes()));
      case Result.Processed(Outcome.PriceChanged(Quote quote)) ->
          refused(context, index, Refusals.priceChanged(quote));
      case Result.Processed(Outcome.Unsellable unsellable) ->
          refused(context, index, Refusals.unsellable(unsellable.items()));
      case Result.Processed(Outcome.NoCart noCart) ->
          refused(context, index, Refusals.noCart(noCart.reason()));
      case Result.Processed(Outcome.Contended()) -> refused(context, index, Refusals.contended());
      case Result.NotBegun() ->
          refused(
              context,
              index,
              Problem.of(
                  ProblemKind.DEADLINE_EXCEEDED,
                  "The batch ran out of time before this order; it was not placed."));
      case Result.Failed(RuntimeException cause) ->
          refused(context, index, Failures.problemOf(cause, RequestIds.of(context)));
    };
  }

  private static RefusedItem refused(Context context, int index, Problem problem) {
    return new RefusedItem(
        index, problem.kind().status(), problem.toResponse(RequestIds.of(context)));
  }
}
