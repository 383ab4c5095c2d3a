package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.MoveOrderRequest;
import kassa.adapters.http.message.OrderResponse;
import kassa.adapters.http.message.RefundOrderRequest;
import kassa.adapters.http.message.RefundResponse;
import kassa.adapters.http.message.RefundsResponse;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.FindOrder;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.RefundOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.Refund;
import org.jspecify.annotations.Nullable;

/** Leads orders through their life, and gives money back for them. */
final class OrderLifeHandlers {

  /** The most bytes of the body of a move: 64 KiB. */
  static final int LARGEST_MOVE = 1 << 16;

  /** The most bytes of the body of a refund: 256 KiB. */
  static final int LARGEST_REFUND = 1 << 18;

  private final ByCaller<MoveOrder> moveOrder;
  private final ByCaller<RefundOrder> refundOrder;
  private final ByCaller<FindOrder> findOrderToChange;
  private final ByCaller<FindOrders> findOrders;
  private final JsonCodec json;
  private final Answers answers;

  OrderLifeHandlers(
      ByCaller<MoveOrder> moveOrder,
      ByCaller<RefundOrder> refundOrder,
      ByCaller<FindOrder> findOrderToChange,
      ByCaller<FindOrders> findOrders,
      JsonCodec json,
      Answers answers) {
    this.moveOrder = moveOrder;
    this.refundOrder = refundOrder;
    this.findOrderToChange = findOrderToChange;
    this.findOrders = findOrders;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        move(OrderMove.PAY),
        move(OrderMove.SHIP),
        move(OrderMove.COMPLETE),
        move(OrderMove.CANCEL),
        Route.post("/v1/orders/{id}/refunds", this::refund, "dryRun"),
        Route.get("/v1/orders/{id}/refunds", this::refunds));
  }

  private Route move(OrderMove move) {
    String name = move.name().toLowerCase(Locale.ROOT);
    return Route.post("/v1/orders/{id}/" + name, context -> move(context, move));
  }

  private void move(Context context, OrderMove move) {
    if (context.header("If-Match") == null) {
      throw new ProblemException(
          ProblemKind.PRECONDITION_REQUIRED, "It takes the ETag that the order was answered with.");
    }
    String reason = reason(context);
    Order order = orderToChange(context);
    refuseOtherVersion(Headers.list(context, "If-Match"), order);
    KeyedCall<Order> call =
        Idempotency.call(
            context,
            moved -> answers.kept(200, null, EntityTags.of(moved), OrderResponse.of(moved)));
    switch (moveOrder
        .by(Callers.of(context))
        .move(new MoveOrder.Command(order.id(), order.version(), move, reason), call)) {
      case MoveOrder.Outcome.Moved(Order moved) -> {
        context.header("ETag", EntityTags.of(moved));
        answers.ok(context, OrderResponse.of(moved));
      }
      case MoveOrder.Outcome.Absent() -> throw OrderHandlers.absent();
      case MoveOrder.Outcome.Stale() -> throw stale();
      case MoveOrder.Outcome.NotAllowed(OrderStatus status) ->
          throw new ProblemException(Refusals.notAllowed(status));
      case MoveOrder.Outcome.KeyTaken() -> throw Idempotency.keyTaken();
    }
  }

  private @Nullable String reason(Context context) {
    byte[] body = RequestBody.optionalJson(context, LARGEST_MOVE);
    if (body == null) {
      return null;
    }
    Faults faults = new Faults();
    String reason = MoveOrderRequest.reason(json.read(body), faults);
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.of(faults));
    }
    return reason;
  }

  private void refund(Context context) {
    RefundOrder refunding = refundOrder.by(Callers.of(context));
    boolean dryRun = QueryParameters.flag(context, "dryRun");
    var body = json.read(RequestBody.json(context, LARGEST_REFUND));
    Order order = orderToChange(context);
    Faults faults = new Faults();
    RefundOrderRequest request = RefundOrderRequest.read(body, order.price().currency(), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    RefundOrder.Command command =
        new RefundOrder.Command(order.id(), version(context, order), request.request());
    switch (dryRun
        ? refunding.tryOut(command)
        : refunding.refund(command, Idempotency.call(context, this::answer))) {
      case RefundOrder.Outcome.Refunded(Refund refund, Order after) -> {
        if (dryRun) {
          answers.ok(context, RefundResponse.triedOut(refund, after));
        } else {
          context.header("ETag", EntityTags.of(after));
          answers.send(context, 201, RefundResponse.of(refund, after));
        }
      }
      case RefundOrder.Outcome.Absent() -> throw OrderHandlers.absent();
      case RefundOrder.Outcome.Stale() -> throw stale();
      case RefundOrder.Outcome.NotOrdered notOrdered ->
          throw new ProblemException(Refusals.notOrdered(notOrdered.skus(), request.skus()));
      case RefundOrder.Outcome.Exceeds exceeds ->
          throw new ProblemException(Refusals.exceedsPaid(exceeds.excess(), exceeds.left()));
      case RefundOrder.Outcome.TooMany() -> throw new ProblemException(Refusals.tooManyRefunds());
      case RefundOrder.Outcome.Contended() ->
          throw new ProblemException(
              ProblemKind.CONTENDED,
              "Nothing was given back. Others changed the order each time; try again.");
      case RefundOrder.Outcome.KeyTaken() -> throw Idempotency.keyTaken();
    }
  }

  private Answer answer(RefundOrder.Outcome.Refunded refunded) {
    return answers.kept(
        201,
        null,
        EntityTags.of(refunded.order()),
        RefundResponse.of(refunded.refund(), refunded.order()));
  }

  /** The version that is meant; {@code null} if any will do. */
  private static @Nullable Integer version(Context context, Order order) {
    String tags = Headers.list(context, "If-Match");
    if (tags == null || tags.strip().equals("*")) {
      return null;
    }
    refuseOtherVersion(tags, order);
    return order.version();
  }

  private void refunds(Context context) {
    FindOrders orders = findOrders.by(Callers.of(context));
    Order order = orderOfPath(context, orders);
    answers.ok(
        context,
        RefundsResponse.of(order, orders.refunds(order.id()).orElseThrow(OrderHandlers::absent)));
  }

  /** Whoever has read the order with its trace knows its version no less. */
  private static void refuseOtherVersion(@Nullable String tags, Order order) {
    boolean known =
        tags != null
            && (EntityTags.matchesStrongly(tags, EntityTags.of(order))
                || EntityTags.matchesStrongly(tags, EntityTags.ofExplained(order)));
    if (!known) {
      throw stale();
    }
  }

  private Order orderToChange(Context context) {
    return orderOfPath(context, findOrderToChange.by(Callers.of(context)));
  }

  private static Order orderOfPath(Context context, FindOrder orders) {
    return OrderNames.find(orders, context.pathParam("id")).orElseThrow(OrderHandlers::absent);
  }

  private static ProblemException stale() {
    return new ProblemException(
        ProblemKind.PRECONDITION_FAILED,
        "The order is not one that If-Match names; nothing was changed.");
  }
}
