package kassa.adapters.http.order.batch;

import io.javalin.http.Context;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.batch.BatchResponse.Item;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.MediaTypes;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.GzipEncoding;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CredentialCheck;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import kassa.domain.identity.Caller;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;

/** Batch endpoint: places many orders of one JSON body or of an NDJSON stream. */
public final class BatchHandler {

  /** Maximum size of a batch body in bytes: 8 MiB. */
  public static final int MAX_BODY_BYTES = RequestBody.MAX_BUFFERED_BYTES;

  private final Secured<PlaceOrderIdempotently> placeOrder;
  private final Secured<PlaceOrderBatch> placeOrderBatch;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Responses responses;

  public BatchHandler(
      Secured<PlaceOrderIdempotently> placeOrder,
      Secured<PlaceOrderBatch> placeOrderBatch,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Responses responses) {
    this.placeOrder = placeOrder;
    this.placeOrderBatch = placeOrderBatch;
    this.currencies = currencies;
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/orders/batch", this::process)
            .producing(Responses.JSON, BatchStream.NDJSON)
            .withRequestClass(RequestClass.BATCH)
            .handlingIdempotency());
  }

  private void process(Context context) {
    IdempotencyFilter.refuseKey(
        context, "each order of a batch has its own key in the field key; omit the header");
    Caller caller = CurrentCaller.of(context);
    BatchItems items = new BatchItems(caller, currencies, json, RequestIds.of(context));
    PlaceOrderBatch useCase = placeOrderBatch.as(caller);
    if (MediaTypes.isNdjson(context.header("Content-Type"))) {
      GzipEncoding.requireIdentity(context);
      new BatchStream(placeOrder.as(caller), useCase, items, json).process(context);
      return;
    }
    Violations violations = new Violations();
    BatchRequest batch =
        BatchRequest.read(json.read(RequestBody.json(context, MAX_BODY_BYTES)), violations);
    if (batch == null) {
      throw new ProblemException(Problem.of(violations));
    }
    responses.ok(
        context, BatchResponse.of(process(useCase, batch, items, CredentialCheck.of(context))));
  }

  private static List<Item> process(
      PlaceOrderBatch useCase, BatchRequest batch, BatchItems items, CredentialCheck credential) {
    SortedMap<Integer, Item> results = new TreeMap<>();
    SortedMap<Integer, BatchItems.ParsedItem> read = new TreeMap<>();
    for (int index = 0; index < batch.orders().size(); index++) {
      BatchItems.ParsedItem order = items.read(index, batch.orders().get(index));
      if (order.rejection() == null) {
        read.put(index, order);
      } else {
        results.put(index, order.rejection());
      }
    }
    if (batch.atomic() && !results.isEmpty()) {
      read.forEach(
          (index, order) -> results.put(index, items.toItem(order, new Result.BatchAborted())));
      return List.copyOf(results.values());
    }
    List<Command> commands = read.values().stream().map(items::command).toList();
    Iterator<Result> outcomes =
        (batch.atomic()
                ? useCase.placeAtomically(commands)
                : useCase.placeEach(commands, credential::requireValid))
            .iterator();
    read.forEach((index, order) -> results.put(index, items.toItem(order, outcomes.next())));
    return List.copyOf(results.values());
  }
}
