package kassa.adapters.http.order.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.OrderResponse;
import kassa.adapters.http.order.PlaceOrderRequest;
import kassa.adapters.http.order.PlaceOrderResponses;
import kassa.adapters.http.order.batch.BatchResponse.Item;
import kassa.adapters.http.order.batch.BatchResponse.PlacedItem;
import kassa.adapters.http.order.batch.BatchResponse.RejectedItem;
import kassa.adapters.http.order.batch.BatchResponse.ReplayedItem;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.routing.ExceptionMapper;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.StoredResponse;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.order.PlaceOrderBatch.Submission;
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
   * @param orderJson the order as it was sent
   * @param request what is to be placed; {@code null} if anything is wrong with it
   * @param rejection what is wrong with it, if anything is
   */
  record ParsedItem(
      int index,
      @Nullable String key,
      JsonNode orderJson,
      @Nullable PlaceOrderRequest request,
      @Nullable Item rejection) {}

  ParsedItem read(int index, JsonNode sent) {
    Faults faults = new Faults();
    PlaceOrderRequest request = PlaceOrderRequest.readBatchItem(sent, caller, currencies, faults);
    if (request == null) {
      JsonNode key = sent.get("key");
      String text = key != null && key.isString() ? key.stringValue() : null;
      return new ParsedItem(index, text, sent, null, rejected(index, text, Problem.of(faults)));
    }
    String key = request.key() == null ? null : request.key().text();
    return new ParsedItem(index, key, sent, request, null);
  }

  Submission submission(ParsedItem order) {
    PlaceOrderRequest request = requireNonNull(order.request());
    return new Submission(request.command(), idempotentRequest(order, request));
  }

  private @Nullable IdempotentRequest<Order> idempotentRequest(
      ParsedItem order, PlaceOrderRequest request) {
    return request.key() == null
        ? null
        : new IdempotentRequest<>(
            request.key(),
            IdempotencyFilter.fingerprint(PATH, json.write(order.orderJson())),
            placed -> PlaceOrderResponses.toStoredResponse(placed, json));
  }

  Item toItem(ParsedItem order, Result result) {
    return switch (result) {
      case Result.Processed(Outcome outcome) -> toItem(order, outcome);
      case Result.NotStarted() -> notStarted(order.index(), order.key());
      case Result.BatchAborted() ->
          rejected(
              order.index(),
              order.key(),
              Problem.of(
                  ProblemKind.BATCH_ABORTED,
                  "The orders are placed together or not at all; this one was not placed."));
      case Result.Failed(RuntimeException cause) -> failed(order.index(), order.key(), cause);
    };
  }

  Item toItem(ParsedItem order, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Placed(Order placed) ->
          new PlacedItem(order.index(), order.key(), 201, OrderResponse.of(placed));
      case Outcome.Replayed(StoredResponse answer) ->
          new ReplayedItem(
              order.index(),
              order.key(),
              answer.status(),
              true,
              json.read(answer.body().getBytes(UTF_8)));
      case Outcome rejected ->
          rejected(
              order.index(),
              order.key(),
              PlaceOrderResponses.toProblem(rejected, requireNonNull(order.request()).codes()));
    };
  }

  Item notStarted(int index, @Nullable String key) {
    return rejected(
        index,
        key,
        Problem.of(
            ProblemKind.DEADLINE_EXCEEDED,
            "The time was up before this order was begun; it was not placed."));
  }

  Item failed(int index, @Nullable String key, RuntimeException cause) {
    return rejected(index, key, ExceptionMapper.problemOf(cause, requestId));
  }

  private RejectedItem rejected(int index, @Nullable String key, Problem problem) {
    return new RejectedItem(index, key, problem.kind().status(), problem.toResponse(requestId));
  }
}
