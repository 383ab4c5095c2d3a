package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.adapters.http.Admission.Load;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.BatchRequest;
import kassa.adapters.http.message.BatchResponse;
import kassa.adapters.http.message.BatchResponse.Item;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.application.port.in.ProcessOrders.Submission;
import kassa.domain.identity.Caller;
import kassa.domain.money.AcceptedCurrencies;

/** Places many orders: those of one body, or those of a stream of lines. */
final class BatchHandler {

  /** The most bytes of a batch's body: 8 MiB. */
  static final int LARGEST_BODY = 1 << 23;

  private final ByCaller<PlaceOrder> placeOrder;
  private final ByCaller<ProcessOrders> processOrders;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final Answers answers;

  BatchHandler(
      ByCaller<PlaceOrder> placeOrder,
      ByCaller<ProcessOrders> processOrders,
      AcceptedCurrencies currencies,
      JsonCodec json,
      Answers answers) {
    this.placeOrder = placeOrder;
    this.processOrders = processOrders;
    this.currencies = currencies;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/orders/batch", this::process)
            .in(Answers.JSON, OrderStream.NDJSON)
            .among(Load.MANY)
            .keepingKeys());
  }

  private void process(Context context) {
    Idempotency.refuseKey(
        context, "each order of a batch has a key of its own, as the field key; leave it out");
    Caller caller = Callers.of(context);
    BatchItems items = new BatchItems(caller, currencies, json, RequestIds.of(context));
    ProcessOrders processing = processOrders.by(caller);
    if (MediaTypes.isNdjson(context.header("Content-Type"))) {
      new OrderStream(placeOrder.by(caller), processing, items, json).run(context);
      return;
    }
    Faults faults = new Faults();
    BatchRequest batch =
        BatchRequest.read(json.read(RequestBody.json(context, LARGEST_BODY)), faults);
    if (batch == null) {
      throw new ProblemException(Problem.of(faults));
    }
    answers.ok(context, BatchResponse.of(process(processing, batch, items)));
  }

  private static List<Item> process(
      ProcessOrders processing, BatchRequest batch, BatchItems items) {
    SortedMap<Integer, Item> done = new TreeMap<>();
    SortedMap<Integer, BatchItems.Read> read = new TreeMap<>();
    for (int index = 0; index < batch.orders().size(); index++) {
      BatchItems.Read order = items.read(index, batch.orders().get(index));
      if (order.fault() == null) {
        read.put(index, order);
      } else {
        done.put(index, order.fault());
      }
    }
    if (batch.together() && !done.isEmpty()) {
      read.forEach((index, order) -> done.put(index, items.item(order, new Result.Withheld())));
      return List.copyOf(done.values());
    }
    List<Submission> submissions = read.values().stream().map(items::submission).toList();
    Iterator<Result> results =
        (batch.together()
                ? processing.processTogether(submissions)
                : processing.process(submissions))
            .iterator();
    read.forEach((index, order) -> done.put(index, items.item(order, results.next())));
    return List.copyOf(done.values());
  }
}
