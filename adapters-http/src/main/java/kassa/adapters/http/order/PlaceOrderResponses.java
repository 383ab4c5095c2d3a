package kassa.adapters.http.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.pricing.CartProblems;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.request.EntityTags;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.application.idempotency.StoredResponse;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.domain.order.Order;
import kassa.domain.pricing.Quote;
import kassa.domain.rule.Code;

/** What is answered to an order that was sent, alone or among many. */
public final class PlaceOrderResponses {

  private PlaceOrderResponses() {}

  static String location(Order order) {
    return "/v1/orders/" + order.id();
  }

  /** The answer to an order that was placed. */
  public static StoredResponse toStoredResponse(Order order, JsonCodec json) {
    return new StoredResponse(
        201,
        location(order),
        EntityTags.of(order),
        new String(json.write(OrderResponse.of(order)), UTF_8));
  }

  /**
   * Why an order was not placed.
   *
   * @param codes those that came with it
   * @throws IllegalArgumentException if it was placed
   */
  public static Problem toProblem(Outcome outcome, List<Code> codes) {
    return switch (outcome) {
      case Outcome.CodesRejected(Quote quote) -> OrderProblems.codesRejected(quote, codes);
      case Outcome.PriceChanged(Quote quote) -> OrderProblems.priceChanged(quote);
      case Outcome.UnavailableItems unsellable -> CartProblems.unavailableItems(unsellable.items());
      case Outcome.InvalidCart noCart -> CartProblems.invalidCart(noCart.reason());
      case Outcome.ConcurrentModification() -> OrderProblems.concurrentUpdate();
      case Outcome.InProgress() -> IdempotencyFilter.requestInProgress();
      case Outcome.KeyReused() -> IdempotencyFilter.keyReused();
      case Outcome.Placed placed -> throw new IllegalArgumentException("it was placed");
      case Outcome.Replayed repeated -> throw new IllegalArgumentException("it was placed before");
    };
  }
}
