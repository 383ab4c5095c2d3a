package kassa.adapters.http.order.batch;

import io.javalin.http.Context;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.batch.BatchResponse.Item;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.MediaTypes;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ConcurrencyLimiter.RequestClass;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.order.PlaceOrderBatch.Submission;
import kassa.domain.identity.Caller;
import kassa.domain.money.AcceptedCurrencies;

/** Places many orders: those of one body, or those of a stream of lines. */
public final class BatchHandler {

  /** The most bytes of a batch's body: 8 MiB. */
  public static final int MAX_BODY_BYTES = RequestBody.MAX_BUFFERED_BYTES;

  private final Secured<PlaceOrder> placeOrder;
  private final Secured<PlaceOrderBatch> placeOrderBatch;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Responses responses;

  public BatchHandler(
      Secured<PlaceOrder> placeOrder,
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
            .withRequestClass(RequestClass.BULK)
            .handlingIdempotency());
  }

  private void process(Context context) {
    IdempotencyFilter.refuseKey(
        context, "each order of a batch has a key of its own, as the field key; leave it out");
    Caller caller = CurrentCaller.of(context);
    BatchItems items = new BatchItems(caller, currencies, json, RequestIds.of(context));
    PlaceOrderBatch processing = placeOrderBatch.as(caller);
    if (MediaTypes.isNdjson(context.header("Content-Type"))) {
      new BatchStream(placeOrder.as(caller), processing, items, json).process(context);
      return;
    }
    Faults faults = new Faults();
    BatchRequest batch =
        BatchRequest.read(json.read(RequestBody.json(context, MAX_BODY_BYTES)), faults);
    if (batch == null) {
      throw new ProblemException(Problem.of(faults));
    }
    responses.ok(context, BatchResponse.of(process(processing, batch, items)));
  }

  private static List<Item> process(
      PlaceOrderBatch processing, BatchRequest batch, BatchItems items) {
    SortedMap<Integer, Item> done = new TreeMap<>();
    SortedMap<Integer, BatchItems.ParsedItem> read = new TreeMap<>();
    for (int index = 0; index < batch.orders().size(); index++) {
      BatchItems.ParsedItem order = items.read(index, batch.orders().get(index));
      if (order.rejection() == null) {
        read.put(index, order);
      } else {
        done.put(index, order.rejection());
      }
    }
    if (batch.atomic() && !done.isEmpty()) {
      read.forEach(
          (index, order) -> done.put(index, items.toItem(order, new Result.BatchAborted())));
      return List.copyOf(done.values());
    }
    List<Submission> submissions = read.values().stream().map(items::submission).toList();
    Iterator<Result> results =
        (batch.atomic()
                ? processing.placeAtomically(submissions)
                : processing.placeEach(submissions))
            .iterator();
    read.forEach((index, order) -> done.put(index, items.toItem(order, results.next())));
    return List.copyOf(done.values());
  }
}
