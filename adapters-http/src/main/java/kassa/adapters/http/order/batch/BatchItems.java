package kassa.adapters.http.order.batch;

import static java.util.Objects.requireNonNull;

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
import kassa.adapters.http.routing.StoredResponse;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RequestFingerprint.Difference;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.domain.identity.Caller;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/** Reads the orders of a batch and creates the result of each. */
final class BatchItems {

  private static final String PATH = "/v1/orders/batch";

  private final Caller caller;
  private final AcceptedCurrencies currencies;
  private final JsonCodec json;
  private final String requestId;

  /**
   * @param caller the caller of the batch
   */
  BatchItems(Caller caller, AcceptedCurrencies currencies, JsonCodec json, String requestId) {
    this.caller = caller;
    this.currencies = currencies;
    this.json = json;
    this.requestId = requestId;
  }

  /**
   * Parsed order of a batch.
   *
   * @param index index of the order in the batch, from 0
   * @param key its idempotency key; may be {@code null}
   * @param orderJson the order as it was sent
   * @param request the order to place; {@code null} if it is invalid
   * @param rejection the result of an invalid order; {@code null} if it is valid
   */
  record ParsedItem(
      int index,
      @Nullable String key,
      JsonNode orderJson,
      @Nullable PlaceOrderRequest request,
      @Nullable Item rejection) {}

  ParsedItem read(int index, JsonNode sent) {
    Violations violations = new Violations();
    PlaceOrderRequest request =
        PlaceOrderRequest.readBatchItem(sent, caller, currencies, violations);
    if (request == null) {
      JsonNode key = sent.get("key");
      String text = key != null && key.isString() ? key.stringValue() : null;
      return new ParsedItem(index, text, sent, null, rejected(index, text, Problem.of(violations)));
    }
    String key = request.key() == null ? null : request.key().text();
    return new ParsedItem(index, key, sent, request, null);
  }

  Command command(ParsedItem order) {
    PlaceOrderRequest request = requireNonNull(order.request());
    JsonNode sent = order.orderJson();
    return request.key() == null
        ? request.command()
        : request
            .command()
            .withRequest(
                new IdempotentRequest(
                    request.key(), IdempotencyFilter.fingerprint(PATH, json.write(sent), sent)));
  }

  Item toItem(ParsedItem order, Result result) {
    return switch (result) {
      case Result.Processed(Execution<Outcome> execution) -> toItem(order, execution);
      case Result.NotStarted() -> notStarted(order.index(), order.key());
      case Result.BatchAborted() ->
          rejected(
              order,
              Problem.of(
                  ProblemKind.BATCH_ABORTED,
                  "The order was not placed. With atomicity all, all orders are placed or none."));
      case Result.BatchTooLarge(int maxRows) ->
          rejected(
              order,
              Problem.of(
                  ProblemKind.BATCH_TOO_LARGE,
                  "The order was not placed. With it the orders of the batch have more than "
                      + maxRows
                      + " lines and discounts; place it in another batch or as a stream."));
      case Result.Failed(RuntimeException cause) -> failed(order.index(), order.key(), cause);
    };
  }

  Item toItem(ParsedItem order, Execution<Outcome> execution) {
    return switch (execution) {
      case Execution.Completed(Outcome.Placed(Order placed), boolean replayed) ->
          replayed
              ? replayed(order, OrderResponse.of(placed))
              : new PlacedItem(order.index(), order.key(), 201, OrderResponse.of(placed));
      case Execution.Completed(Outcome rejected, _) ->
          rejected(
              order,
              PlaceOrderResponses.toProblem(rejected, requireNonNull(order.request()).codes()));
      case Execution.StoredResponse(String content) ->
          replayed(order, new RawValue(StoredResponse.ofContent(content).body()));
      case Execution.InProgress() -> rejected(order, IdempotencyFilter.requestInProgress());
      case Execution.KeyReused(Difference difference) ->
          rejected(order, IdempotencyFilter.keyReused(difference));
    };
  }

  private static ReplayedItem replayed(ParsedItem order, Object response) {
    return new ReplayedItem(order.index(), order.key(), 201, true, response);
  }

  Item notStarted(int index, @Nullable String key) {
    return rejected(
        index,
        key,
        Problem.of(
            ProblemKind.DEADLINE_EXCEEDED,
            "The order was not placed. The deadline passed before it was started; retry."));
  }

  Item failed(int index, @Nullable String key, RuntimeException cause) {
    return rejected(index, key, ExceptionMapper.problemOf(cause, requestId));
  }

  private RejectedItem rejected(ParsedItem order, Problem problem) {
    return rejected(order.index(), order.key(), problem);
  }

  private RejectedItem rejected(int index, @Nullable String key, Problem problem) {
    return new RejectedItem(index, key, problem.kind().status(), problem.toResponse(requestId));
  }
}
