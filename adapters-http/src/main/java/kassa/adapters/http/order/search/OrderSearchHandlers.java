package kassa.adapters.http.order.search;

import io.javalin.http.Context;
import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.http.order.OrderHandlers;
import kassa.adapters.http.order.OrderReference;
import kassa.adapters.http.order.OrderResponse;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.FindOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSortKey;

/** Searches orders and returns their event history. */
public final class OrderSearchHandlers {

  private final Secured<FindOrders> findOrders;
  private final PageReader<Order, OrderSortKey, OrderResponse> pages;
  private final Responses responses;

  public OrderSearchHandlers(Secured<FindOrders> findOrders, Cursors cursors, Responses responses) {
    this.findOrders = findOrders;
    this.pages = new PageReader<>(cursors, CursorType.ORDERS, Order::sortKey, OrderResponse::of);
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
    FindOrders orders = findOrders.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    OrderSearchParameters search = OrderSearchParameters.read(query);
    responses.ok(
        context,
        pages.read(
            query,
            search.canonicalText(),
            (after, limit) ->
                orders.list(new FindOrders.Query(search.filter(), search.sort(), after, limit))));
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
