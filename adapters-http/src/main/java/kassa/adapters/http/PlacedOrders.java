package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.OrderResponse;
import kassa.application.idempotency.Answer;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.domain.order.Order;
import kassa.domain.pricing.Quote;
import kassa.domain.rule.Code;

/** What is answered to an order that was sent, alone or among many. */
final class PlacedOrders {

  private PlacedOrders() {}

  static String location(Order order) {
    return "/v1/orders/" + order.id();
  }

  /** The answer to an order that was placed. */
  static Answer answer(Order order, JsonCodec json) {
    return new Answer(
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
  static Problem refusal(Outcome outcome, List<Code> codes) {
    return switch (outcome) {
      case Outcome.CodesRejected(Quote quote) -> Refusals.codesRejected(quote, codes);
      case Outcome.PriceChanged(Quote quote) -> Refusals.priceChanged(quote);
      case Outcome.Unsellable unsellable -> Refusals.unsellable(unsellable.items());
      case Outcome.NoCart noCart -> Refusals.noCart(noCart.reason());
      case Outcome.Contended() -> Refusals.contended();
      case Outcome.UnderWay() -> Idempotency.underWay();
      case Outcome.OtherRequest() -> Idempotency.otherRequest();
      case Outcome.Placed placed -> throw new IllegalArgumentException("it was placed");
      case Outcome.Repeated repeated -> throw new IllegalArgumentException("it was placed before");
    };
  }
}
