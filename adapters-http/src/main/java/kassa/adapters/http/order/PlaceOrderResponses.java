package kassa.adapters.http.order;

import java.util.List;
import kassa.adapters.http.pricing.CartProblems;
import kassa.adapters.http.problem.Problem;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.domain.order.Order;
import kassa.domain.pricing.Quote;
import kassa.domain.rule.Code;
import kassa.domain.usage.UsageCounter;

/** Responses to a placed or rejected order, for single orders and batches. */
public final class PlaceOrderResponses {

  private PlaceOrderResponses() {}

  static String location(Order order) {
    return "/v1/orders/" + order.id();
  }

  /**
   * Returns the problem of an order that was not placed.
   *
   * @param codes the codes of the request, in their order
   * @throws IllegalArgumentException if the order was placed
   */
  public static Problem toProblem(Outcome outcome, List<Code> codes) {
    return switch (outcome) {
      case Outcome.CodesRejected(Quote quote) -> OrderProblems.codesRejected(quote, codes);
      case Outcome.PriceChanged(Quote quote) -> OrderProblems.priceChanged(quote);
      case Outcome.CartRefused(CartRefusal refusal) -> CartProblems.refused(refusal);
      case Outcome.PlacedInFuture() -> OrderProblems.placedInFuture();
      case Outcome.LimitExhausted(UsageCounter counter) -> OrderProblems.limitExhausted(counter);
      case Outcome.ConcurrentModification() -> OrderProblems.concurrentUpdate();
      case Outcome.Placed placed -> throw new IllegalArgumentException("the order was placed");
    };
  }
}
