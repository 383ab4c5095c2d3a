package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.message.OrderHistoryResponse;
import kassa.adapters.http.message.OrderPageResponse;
import kassa.adapters.http.message.OrderResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.FindOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;

/** Lists orders, and tells what happened to them. */
final class OrderSearchHandlers {

  private static final int DEFAULT_LIMIT = 50;

  private final ByCaller<FindOrders> findOrders;
  private final Cursors cursors;
  private final Answers answers;

  OrderSearchHandlers(ByCaller<FindOrders> findOrders, Cursors cursors, Answers answers) {
    this.findOrders = findOrders;
    this.cursors = cursors;
    this.answers = answers;
  }

  List<Route> routes() {
    String[] parameters =
        Stream.concat(OrderSearchQuery.PARAMETERS.stream(), Stream.of("limit", "cursor"))
            .toArray(String[]::new);
    return List.of(
        Route.get("/v1/orders", this::list, parameters),
        Route.get("/v1/orders/{id}/events", this::history));
  }

  private void list(Context context) {
    List<Fault> faults = new ArrayList<>();
    OrderSearchQuery search = OrderSearchQuery.read(context, faults);
    int limit = limit(context, faults);
    QueryParameters.refuse(faults);
    String cursor = QueryParameters.value(context, "cursor");
    FindOrders.Page page =
        findOrders
            .by(Callers.of(context))
            .list(
                new FindOrders.Query(
                    search.filter(),
                    search.sort(),
                    cursor == null ? null : cursors.read(cursor, search.text()),
                    limit));
    answers.ok(
        context,
        new OrderPageResponse(
            page.orders().stream().map(OrderResponse::of).toList(),
            page.next() == null ? null : cursors.write(page.next(), search.text())));
  }

  private static int limit(Context context, List<Fault> faults) {
    try {
      return QueryParameters.number(context, "limit", 1, FindOrders.MOST_PER_PAGE, DEFAULT_LIMIT);
    } catch (ProblemException refused) {
      faults.addAll(refused.problem().faults());
      return DEFAULT_LIMIT;
    }
  }

  private void history(Context context) {
    FindOrders orders = findOrders.by(Callers.of(context));
    String name = context.pathParam("id");
    OrderId id =
        OrderNames.id(name)
            .or(() -> OrderNames.find(orders, name).map(Order::id))
            .orElseThrow(OrderHandlers::absent);
    answers.ok(
        context, OrderHistoryResponse.of(orders.history(id).orElseThrow(OrderHandlers::absent)));
  }
}
