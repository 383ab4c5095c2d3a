package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.OrderPageResponse;
import kassa.adapters.http.message.OrderResponse;
import kassa.adapters.http.message.PlaceOrderRequest;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.PlaceOrder;
import kassa.domain.InvalidValueException;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;

/** Places orders and answers them. */
final class OrderHandlers {

  /** The most bytes of an order's body: 1 MiB. */
  static final int LARGEST_BODY = 1 << 20;

  private static final int DEFAULT_LIMIT = 50;

  private final PlaceOrder placeOrder;
  private final FindOrders findOrders;
  private final AcceptedCurrencies currencies;
  private final Cursors cursors;
  private final JsonCodec json;
  private final Answers answers;

  OrderHandlers(
      PlaceOrder placeOrder,
      FindOrders findOrders,
      AcceptedCurrencies currencies,
      Cursors cursors,
      JsonCodec json,
      Answers answers) {
    this.placeOrder = placeOrder;
    this.findOrders = findOrders;
    this.currencies = currencies;
    this.cursors = cursors;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/orders", this::place),
        Route.get("/v1/orders", this::list, "limit", "cursor"),
        Route.get("/v1/orders/{id}", this::find));
  }

  private void place(Context context) {
    refuseIdempotencyKey(context);
    Faults faults = new Faults();
    PlaceOrder.Command command =
        PlaceOrderRequest.read(
            json.read(RequestBody.json(context, LARGEST_BODY)), currencies, faults);
    if (command == null) {
      throw new ProblemException(Problem.of(faults));
    }
    switch (placeOrder.place(command)) {
      case PlaceOrder.Outcome.Placed(Order order) -> {
        context.header("Location", "/v1/orders/" + order.id());
        context.header("ETag", EntityTags.of(order));
        answers.send(context, 201, OrderResponse.of(order));
      }
    }
  }

  private void find(Context context) {
    Order order =
        find(context.pathParam("id"))
            .orElseThrow(
                () -> new ProblemException(ProblemKind.NOT_FOUND, "There is no such order."));
    String tag = EntityTags.of(order);
    context.header("ETag", tag);
    if (EntityTags.matches(Headers.list(context, "If-None-Match"), tag)) {
      Answers.notModified(context);
    } else {
      answers.ok(context, OrderResponse.of(order));
    }
  }

  private Optional<Order> find(String idOrNumber) {
    return idOrNumber.matches("[0-9]{1,18}")
        ? possible(() -> new OrderNumber(Long.parseLong(idOrNumber))).flatMap(findOrders::byNumber)
        : possible(() -> OrderId.parse(idOrNumber)).flatMap(findOrders::byId);
  }

  private static <T> Optional<T> possible(Supplier<T> name) {
    try {
      return Optional.of(name.get());
    } catch (InvalidValueException impossible) {
      return Optional.empty();
    }
  }

  private void list(Context context) {
    int limit =
        QueryParameters.number(context, "limit", 1, FindOrders.MOST_PER_PAGE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    FindOrders.Page page =
        findOrders.newestFirst(
            new FindOrders.Query(cursor == null ? null : cursors.read(cursor), limit));
    answers.ok(
        context,
        new OrderPageResponse(
            page.orders().stream().map(OrderResponse::of).toList(),
            page.next() == null ? null : cursors.write(page.next())));
  }

  /** A promise of exactly once that would not be kept is worse than none. */
  static void refuseIdempotencyKey(Context context) {
    if (context.header("Idempotency-Key") != null) {
      throw new ProblemException(
          Fault.Place.HEADER,
          "Idempotency-Key",
          "not_supported",
          "idempotency keys are not kept by this version; leave the header out");
    }
  }
}
