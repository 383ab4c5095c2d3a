package kassa.adapters.http.order.search;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.http.order.OrderHandlers;
import kassa.adapters.http.order.OrderReference;
import kassa.adapters.http.order.OrderResponse;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.request.Cursors;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.FindOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;

/** Searches orders and returns their event history. */
public final class OrderSearchHandlers {

  private static final int DEFAULT_LIMIT = 50;

  private final Secured<FindOrders> findOrders;
  private final Cursors cursors;
  private final Responses responses;

  public OrderSearchHandlers(Secured<FindOrders> findOrders, Cursors cursors, Responses responses) {
    this.findOrders = findOrders;
    this.cursors = cursors;
    this.responses = responses;
  }

  public List<Route> routes() {
    String[] parameters =
        Stream.concat(OrderSearchParameters.PARAMETERS.stream(), Stream.of("limit", "cursor"))
            .toArray(String[]::new);
    return List.of(
        Route.get("/v1/orders", this::list, parameters),
        Route.get("/v1/orders/{id}/events", this::history));
  }

  private void list(Context context) {
    List<RequestViolation> violations = new ArrayList<>();
    OrderSearchParameters search = OrderSearchParameters.read(context, violations);
    int limit = limit(context, violations);
    QueryParameters.refuse(violations);
    String cursor = QueryParameters.value(context, "cursor");
    FindOrders.Page page =
        findOrders
            .as(CurrentCaller.of(context))
            .list(
                new FindOrders.Query(
                    search.filter(),
                    search.sort(),
                    cursor == null ? null : cursors.read(cursor, search.canonicalText()),
                    limit));
    responses.ok(
        context,
        new OrderPageResponse(
            page.orders().stream().map(OrderResponse::of).toList(),
            page.next() == null ? null : cursors.write(page.next(), search.canonicalText())));
  }

  private static int limit(Context context, List<RequestViolation> violations) {
    try {
      return QueryParameters.number(context, "limit", 1, FindOrders.MAX_PAGE_SIZE, DEFAULT_LIMIT);
    } catch (ProblemException refused) {
      violations.addAll(refused.problem().violations());
      return DEFAULT_LIMIT;
    }
  }

  private void history(Context context) {
    FindOrders orders = findOrders.as(CurrentCaller.of(context));
    String name = context.pathParam("id");
    OrderId id =
        OrderReference.parseId(name)
            .or(() -> OrderReference.find(orders, name).map(Order::id))
            .orElseThrow(OrderHandlers::notFound);
    responses.ok(
        context, OrderHistoryResponse.of(orders.history(id).orElseThrow(OrderHandlers::notFound)));
  }
}
