package kassa.adapters.http.order;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
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
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrder;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.RefundOrder;
import kassa.domain.json.Violations;
import kassa.domain.order.Order;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundedOrder.Decision;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Changes the status of orders (pay, ship, complete, cancel) and refunds them. */
public final class OrderTransitionHandlers {

  /** Maximum size of the body of a transition in bytes: 64 KiB. */
  static final int MAX_TRANSITION_BODY_BYTES = 1 << 16;

  /** Maximum size of the body of a refund in bytes: 256 KiB. */
  static final int MAX_REFUND_BODY_BYTES = 1 << 18;

  private final Secured<ChangeOrderStatus> changeOrderStatus;
  private final Secured<RefundOrder> refundOrder;
  private final Secured<FindOrder> findOrderToChange;
  private final Secured<FindOrders> findOrders;
  private final JsonCodec json;
  private final Responses responses;

  public OrderTransitionHandlers(
      Secured<ChangeOrderStatus> changeOrderStatus,
      Secured<RefundOrder> refundOrder,
      Secured<FindOrder> findOrderToChange,
      Secured<FindOrders> findOrders,
      JsonCodec json,
      Responses responses) {
    this.changeOrderStatus = changeOrderStatus;
    this.refundOrder = refundOrder;
    this.findOrderToChange = findOrderToChange;
    this.findOrders = findOrders;
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        changeStatus(OrderTransition.PAY),
        changeStatus(OrderTransition.SHIP),
        changeStatus(OrderTransition.COMPLETE),
        changeStatus(OrderTransition.CANCEL),
        Route.post("/v1/orders/{id}/refunds", this::refund, "dryRun"),
        Route.get("/v1/orders/{id}/refunds", this::refunds));
  }

  private Route changeStatus(OrderTransition transition) {
    String name = transition.name().toLowerCase(Locale.ROOT);
    return Route.post("/v1/orders/{id}/" + name, context -> changeStatus(context, transition));
  }

  private void changeStatus(Context context, OrderTransition transition) {
    if (context.header("If-Match") == null) {
      throw new ProblemException(
          ProblemKind.PRECONDITION_REQUIRED,
          "Nothing was changed. If-Match must be the ETag of the order.");
    }
    String reason = readReason(context);
    Order order = orderToChange(context);
    requireVersion(context, order);
    switch (changeOrderStatus
        .as(CurrentCaller.of(context))
        .recording(IdempotencyFilter.recording(context, this::toResponse))
        .changeStatus(
            new ChangeOrderStatus.Command(order.id(), order.version(), transition, reason))) {
      case ChangeOrderStatus.Outcome.Changed(Order changed) -> toResponse(changed).send(context);
      case ChangeOrderStatus.Outcome.NotFound() -> throw OrderHandlers.notFound();
      case ChangeOrderStatus.Outcome.VersionConflict() ->
          throw EntityTags.preconditionFailed(context, "order");
      case ChangeOrderStatus.Outcome.StatusForbids(OrderStatus status) ->
          throw new ProblemException(OrderProblems.invalidTransition(status));
    }
  }

  private StoredResponse toResponse(Order changed) {
    return responses.toStoredResponse(200, null, EntityTags.of(changed), OrderResponse.of(changed));
  }

  private @Nullable String readReason(Context context) {
    byte[] body = RequestBody.optionalJson(context, MAX_TRANSITION_BODY_BYTES);
    JsonNode sent = body == null ? null : json.read(body);
    if (sent == null || sent.isNull()) {
      return null;
    }
    Violations violations = new Violations();
    String reason = OrderTransitionRequest.readReason(sent, violations);
    if (!violations.isEmpty()) {
      throw new ProblemException(Problem.of(violations));
    }
    return reason;
  }

  private void refund(Context context) {
    RefundOrder useCase = refundOrder.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    boolean dryRun = query.bool("dryRun");
    query.requireValid();
    var body = json.read(RequestBody.json(context, MAX_REFUND_BODY_BYTES));
    Order order = orderToChange(context);
    Violations violations = new Violations();
    RefundOrderRequest request =
        RefundOrderRequest.read(body, order.price().currency(), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    RefundOrder.Command command =
        new RefundOrder.Command(order.id(), expectedVersion(context, order), request.request());
    switch (dryRun
        ? useCase.preview(command)
        : useCase
            .recording(IdempotencyFilter.recording(context, this::toResponse))
            .refund(command)) {
      case RefundOrder.Outcome.Refunded(Refund refund, Order after) when dryRun ->
          responses.ok(context, RefundResponse.ofDryRun(refund, after));
      case RefundOrder.Outcome.Refunded refunded -> toResponse(refunded).send(context);
      case RefundOrder.Outcome.NotFound() -> throw OrderHandlers.notFound();
      case RefundOrder.Outcome.VersionConflict() ->
          throw EntityTags.preconditionFailed(context, "order");
      case RefundOrder.Outcome.Refused(Decision.Refused reason) ->
          throw new ProblemException(OrderProblems.refundRefused(reason, request));
      case RefundOrder.Outcome.ConcurrentModification() ->
          throw new ProblemException(
              ProblemKind.CONCURRENT_UPDATE,
              "Nothing was refunded. Concurrent requests changed the same order; retry.");
    }
  }

  private StoredResponse toResponse(RefundOrder.Outcome.Refunded refunded) {
    return responses.toStoredResponse(
        201,
        null,
        EntityTags.of(refunded.order()),
        RefundResponse.of(refunded.refund(), refunded.order()));
  }

  /** Returns the expected version of {@code If-Match}; {@code null} if any version is accepted. */
  private static @Nullable Integer expectedVersion(Context context, Order order) {
    String tags = RequestHeaders.list(context, "If-Match");
    if (tags == null || tags.strip().equals("*")) {
      return null;
    }
    requireVersion(context, order);
    return order.version();
  }

  private void refunds(Context context) {
    FindOrders orders = findOrders.as(CurrentCaller.of(context));
    Order order = orderFromPath(context, orders);
    responses.ok(
        context,
        RefundsResponse.of(order, orders.refunds(order.id()).orElseThrow(OrderHandlers::notFound)));
  }

  /** Checks {@code If-Match} against the ETags of the order, with and without trace. */
  private static void requireVersion(Context context, Order order) {
    String tags = RequestHeaders.list(context, "If-Match");
    boolean known =
        tags != null
            && (EntityTags.matchesStrongly(tags, EntityTags.of(order))
                || EntityTags.matchesStrongly(tags, EntityTags.ofExplained(order)));
    if (!known) {
      throw EntityTags.preconditionFailed(context, "order");
    }
  }

  private Order orderToChange(Context context) {
    return orderFromPath(context, findOrderToChange.as(CurrentCaller.of(context)));
  }

  private static Order orderFromPath(Context context, FindOrder orders) {
    return OrderReference.find(orders, context.pathParam("id"))
        .orElseThrow(OrderHandlers::notFound);
  }
}
