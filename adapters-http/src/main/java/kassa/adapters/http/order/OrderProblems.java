package kassa.adapters.http.order;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.pricing.QuoteResponse;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Excess;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Code;

/** Tells what problem it is that a cart is not priced, or an order not placed or changed. */
public final class OrderProblems {

  private OrderProblems() {}

  /**
   * Some codes bring nothing.
   *
   * @param quote the price without them
   * @param sent the codes as they were sent
   */
  static Problem codesRejected(Quote quote, List<Code> sent) {
    List<Fault> faults =
        quote.rejected().stream()
            .filter(rejection -> rejection.code() != null)
            .map(rejection -> violation(rejection, sent))
            .toList();
    return new Problem(
        ProblemKind.CODE_REJECTED,
        "Nothing was kept. With onInvalidCode drop, the order is placed for the price in quote.",
        faults,
        Map.of("quote", QuoteResponse.of(quote)));
  }

  /** The price is not the one that was expected. */
  static Problem priceChanged(Quote quote) {
    return Problem.withExtension(
        ProblemKind.PRICE_CHANGED,
        "Nothing was kept. The price now is in quote.",
        "quote",
        QuoteResponse.of(quote));
  }

  /** Others took of the same limits each time. */
  static Problem concurrentUpdate() {
    return Problem.of(
        ProblemKind.CONCURRENT_UPDATE,
        "Nothing was kept. Others took of the same limits each time; try again.");
  }

  /** The status of an order does not allow what was asked. */
  static Problem invalidTransition(OrderStatus status) {
    List<String> allowed = status.nextStatuses().stream().map(EnumNames::of).toList();
    String next = allowed.isEmpty() ? "nothing" : String.join(", ", allowed);
    return Problem.withExtension(
        ProblemKind.INVALID_TRANSITION,
        "The order is " + EnumNames.of(status) + "; what may come next is " + next + ".",
        "allowed",
        allowed);
  }

  /**
   * Some products of a refund are not in its order.
   *
   * @param skus which
   * @param sent the products as they were sent
   */
  static Problem notOrdered(Set<Sku> skus, List<Sku> sent) {
    Faults faults = new Faults();
    for (int line = 0; line < sent.size(); line++) {
      if (skus.contains(sent.get(line))) {
        faults.invalid(
            "/lines/" + line + "/sku", "not_ordered", "the order has no line of this product");
      }
    }
    return Problem.of(faults);
  }

  /**
   * A refund is more than was paid and is not given back yet.
   *
   * @param left what is left of all that was paid
   */
  static Problem exceedsPaid(Excess excess, Money left) {
    String reason =
        switch (excess) {
          case Excess.NotPaid() -> "The order was not paid";
          case Excess.Units units ->
              "Of one of the products " + units.remaining() + " units are left";
          case Excess.Shipping shipping -> "Of shipping is left " + shipping.remaining();
          case Excess.Total() -> "It is more than is left";
        };
    return Problem.withExtension(
        ProblemKind.REFUND_EXCEEDS_PAID,
        reason + "; of all that was paid is left " + left + ". Nothing was given back.",
        "refundable",
        left.toPlainString());
  }

  /** The order has as many refunds as it may have. */
  static Problem tooManyRefunds() {
    return Problem.of(
        ProblemKind.TOO_MANY_REFUNDS,
        "An order has at most " + RefundedOrder.MAX_REFUNDS + " refunds; nothing was given back.");
  }

  private static Fault violation(Rejection rejection, List<Code> sent) {
    return new Fault(
        Fault.Place.BODY,
        "/codes/" + sent.indexOf(rejection.code()),
        EnumNames.of(rejection.reason()),
        detailOf(rejection.reason()),
        false);
  }

  private static String detailOf(SkipReason reason) {
    return switch (reason) {
      case UNKNOWN_CODE -> "no rule in force has this code";
      case CODE_NOT_GIVEN -> "the rule needs another code";
      case USAGE_LIMIT_REACHED -> "the code has been used as often as it may be";
      case PER_CUSTOMER_LIMIT_REACHED ->
          "this customer has used the code as often as they may, or nobody says who buys";
      case BUDGET_EXCEEDED -> "the budget of the code is used up, or would be exceeded";
      case NOT_STARTED -> "the time of the code has not come";
      case EXPIRED -> "the time of the code is over";
      case CONDITIONS_NOT_MET -> "the order does not meet the conditions of the code";
      case EXCLUDED -> "another discount applies that goes with no other";
      case NOT_BEST_OFFER -> "other discounts save more than the code does";
      case NO_EFFECT -> "there is nothing that the code could take off";
      case CODE_NOT_NEEDED -> "another code brings the same already";
    };
  }
}
