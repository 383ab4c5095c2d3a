package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.BatchResponse.Item;
import kassa.adapters.http.message.BatchResponse.PlacedItem;
import kassa.adapters.http.message.BatchResponse.RefusedItem;
import kassa.adapters.http.message.BatchResponse.RepeatedItem;
import kassa.adapters.http.message.OrderResponse;
import kassa.adapters.http.message.PlaceOrderRequest;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.application.port.in.ProcessOrders.Submission;
import kassa.domain.identity.Caller;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the orders of a batch, and tells what became of each. */
final class BatchItems {

  private static final String PATH = "/v1/orders/batch";

  private final Caller caller;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final String requestId;

  /**
   * @param caller who sent them, from the first to the last
   */
  BatchItems(Caller caller, AcceptedCurrencies currencies, JsonCodec json, String requestId) {
    this.caller = caller;
    this.currencies = currencies;
    this.json = json;
    this.requestId = requestId;
  }

  /**
   * An order that was read.
   *
   * @param index its place among the orders, from 0
   * @param key its key, if it has one
   * @param sent the order as it was sent
   * @param request what is to be placed; {@code null} if anything is wrong with it
   * @param fault what is wrong with it, if anything is
   */
  record Read(
      int index,
      @Nullable String key,
      JsonNode sent,
      @Nullable PlaceOrderRequest request,
      @Nullable Item fault) {}

  Read read(int index, JsonNode sent) {
    Faults faults = new Faults();
    PlaceOrderRequest request = PlaceOrderRequest.readAmongMany(sent, caller, currencies, faults);
    if (request == null) {
      JsonNode key = sent.get("key");
      String text = key != null && key.isString() ? key.stringValue() : null;
      return new Read(index, text, sent, null, refused(index, text, Problem.of(faults)));
    }
    String key = request.key() == null ? null : request.key().text();
    return new Read(index, key, sent, request, null);
  }

  Submission submission(Read order) {
    PlaceOrderRequest request = requireNonNull(order.request());
    return new Submission(request.command(), call(order, request));
  }

  private @Nullable KeyedCall<Order> call(Read order, PlaceOrderRequest request) {
    return request.key() == null
        ? null
        : new KeyedCall<>(
            request.key(),
            Idempotency.request(PATH, json.write(order.sent())),
            placed -> PlacedOrders.answer(placed, json));
  }

  Item item(Read order, Result result) {
    return switch (result) {
      case Result.Processed(Outcome outcome) -> item(order, outcome);
      case Result.NotBegun() -> notBegun(order.index(), order.key());
      case Result.Withheld() ->
          refused(
              order.index(),
              order.key(),
              Problem.of(
                  ProblemKind.ORDERS_WITHHELD,
                  "The orders are placed together or not at all; this one was not placed."));
      case Result.Failed(RuntimeException cause) -> failed(order.index(), order.key(), cause);
    };
  }

  Item item(Read order, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Placed(Order placed) ->
          new PlacedItem(order.index(), order.key(), 201, OrderResponse.of(placed));
      case Outcome.Repeated(Answer answer) ->
          new RepeatedItem(
              order.index(),
              order.key(),
              answer.status(),
              true,
              json.read(answer.body().getBytes(UTF_8)));
      case Outcome refused ->
          refused(
              order.index(),
              order.key(),
              PlacedOrders.refusal(refused, requireNonNull(order.request()).codes()));
    };
  }

  Item notBegun(int index, @Nullable String key) {
    return refused(
        index,
        key,
        Problem.of(
            ProblemKind.DEADLINE_EXCEEDED,
            "The time was up before this order was begun; it was not placed."));
  }

  Item failed(int index, @Nullable String key, RuntimeException cause) {
    return refused(index, key, Failures.problemOf(cause, requestId));
  }

  private RefusedItem refused(int index, @Nullable String key, Problem problem) {
    return new RefusedItem(index, key, problem.kind().status(), problem.toResponse(requestId));
  }
}
