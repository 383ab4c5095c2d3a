package kassa.adapters.http.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.pricing.QuoteResponse;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.problem.RequestViolation;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.json.Violations;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.order.RefundedOrder.Excess;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Code;
import kassa.domain.usage.UsageCounter;

/** Problems of orders that cannot be placed, changed or refunded. */
public final class OrderProblems {

  private OrderProblems() {}

  /**
   * Returns the problem of codes that do not apply.
   *
   * @param quote the price without these codes
   * @param sent the codes in request order
   */
  static Problem codesRejected(Quote quote, List<Code> sent) {
    List<RequestViolation> violations =
        quote.rejected().stream()
            .filter(rejection -> rejection.code() != null)
            .map(rejection -> toViolation(rejection, sent))
            .toList();
    return new Problem(
        ProblemKind.CODE_REJECTED,
        "The order was not placed. With onInvalidCode drop, it is placed without these codes at the"
            + " price in quote.",
        violations,
        Map.of("quote", QuoteResponse.of(quote)));
  }

  /** Returns the problem of a price that differs from the expected price. */
  static Problem priceChanged(Quote quote) {
    return Problem.withExtension(
        ProblemKind.PRICE_CHANGED,
        "The order was not placed. The current price is in quote.",
        "quote",
        QuoteResponse.of(quote));
  }

  /** Returns the problem of a limit that does not allow all orders of an atomic batch. */
  static Problem limitExhausted(UsageCounter counter) {
    String limit =
        switch (counter.kind()) {
          case TOTAL -> "The limit of uses";
          case CODE -> "The limit of uses of a code";
          case CUSTOMER -> "The limit of uses per customer";
          case SPEND -> "The budget";
        };
    return Problem.of(
        ProblemKind.LIMIT_EXHAUSTED,
        "The order was not placed. "
            + limit
            + " of rule "
            + counter.rule()
            + " does not allow it after the orders before it in the batch.");
  }

  /** Returns the problem of too many concurrent updates of the same limits. */
  static Problem concurrentUpdate() {
    return Problem.of(
        ProblemKind.CONCURRENT_UPDATE,
        "The order was not placed. Concurrent orders used the same limits; retry.");
  }

  /** Returns the problem of a transition that the current status does not allow. */
  static Problem invalidTransition(OrderStatus status) {
    List<String> allowed = status.nextStatuses().stream().map(EnumNames::of).toList();
    String next = allowed.isEmpty() ? "none" : String.join(", ", allowed);
    return Problem.withExtension(
        ProblemKind.INVALID_TRANSITION,
        "The order is " + EnumNames.of(status) + "; allowed next statuses: " + next + ".",
        "allowed",
        allowed);
  }

  /**
   * Returns the problem of a refund that is not possible.
   *
   * @param request the refund as it was sent
   */
  static Problem refundRefused(Decision.Refused reason, RefundOrderRequest request) {
    List<Sku> sent = request.skus();
    return switch (reason) {
      case Decision.ItemsNotOrdered(Set<Sku> skus) ->
          invalidLines(
              skus, sent, "sku", "not_ordered", sku -> "the order has no line with this product");
      case Decision.FractionsOfUnits(Set<Sku> skus) ->
          invalidLines(
              skus,
              sent,
              "quantity",
              "too_precise",
              sku -> "quantity must be whole units: the order has only whole units of " + sku);
      case Decision.ExceedsPaid(Excess excess, Money left) -> exceedsPaid(excess, left, request);
      case Decision.TooManyRefunds() ->
          Problem.of(
              ProblemKind.TOO_MANY_REFUNDS,
              "Nothing was refunded. An order can have at most "
                  + RefundedOrder.MAX_REFUNDS
                  + " refunds.");
    };
  }

  private static Problem invalidLines(
      Set<Sku> skus, List<Sku> sent, String field, String code, Function<Sku, String> detail) {
    Violations violations = new Violations();
    for (int line = 0; line < sent.size(); line++) {
      if (skus.contains(sent.get(line))) {
        violations.addInvalid("/lines/" + line + "/" + field, code, detail.apply(sent.get(line)));
      }
    }
    return Problem.of(violations);
  }

  /**
   * Returns the problem of a refund that exceeds the amount paid and not refunded yet.
   *
   * @param left the remaining refundable amount
   * @param request the refund as it was sent
   */
  private static Problem exceedsPaid(Excess excess, Money left, RefundOrderRequest request) {
    String reason =
        switch (excess) {
          case Excess.NotPaid() -> "The order was not paid";
          case Excess.Quantity(Sku sku, long thousandths) ->
              thousandths == 0
                  ? "All of " + sku + " is refunded already"
                  : "Only "
                      + Quantity.toBigDecimal(thousandths).toPlainString()
                      + " of "
                      + sku
                      + " can be refunded";
          case Excess.Shipping shipping ->
              "Only " + shipping.remaining() + " of shipping can be refunded";
          case Excess.Total() -> "The refund exceeds the refundable amount";
        };
    return new Problem(
        ProblemKind.REFUND_EXCEEDS_PAID,
        "Nothing was refunded. " + reason + ". The refundable amount is " + left + ".",
        pointer(excess, request)
            .map(at ->
                List.<RequestViolation>of(new RequestViolation.Body(at, "out_of_range", reason)))
            .orElse(List.of()),
        Map.of("refundable", left.toPlainString()));
  }

  private static Optional<String> pointer(Excess excess, RefundOrderRequest request) {
    return switch (excess) {
      case Excess.NotPaid() -> Optional.empty();
      case Excess.Total() ->
          request.request().amount() == null ? Optional.empty() : Optional.of("/amount");
      case Excess.Quantity(Sku sku, long _) ->
          Optional.of("/lines/" + request.skus().lastIndexOf(sku) + "/quantity");
      case Excess.Shipping _ -> Optional.of(request.shippingPointer());
    };
  }

  /** Returns the problem of an order whose time is in the future. */
  static Problem placedInFuture() {
    Violations violations = new Violations();
    violations.addInvalid(
        "/placedAt", Reason.OUT_OF_RANGE.code(), "placedAt must not be in the future");
    return Problem.of(violations);
  }

  private static RequestViolation toViolation(Rejection rejection, List<Code> sent) {
    return new RequestViolation.Body(
        "/codes/" + sent.indexOf(rejection.code()),
        EnumNames.of(rejection.reason()),
        detailOf(rejection));
  }

  private static String detailOf(Rejection rejection) {
    if (rejection.requiredCurrency() != null) {
      return "the code is only for orders in " + rejection.requiredCurrency();
    }
    return detailOf(rejection.reason());
  }

  private static String detailOf(SkipReason reason) {
    return switch (reason) {
      case UNKNOWN_CODE -> "no active rule has this code";
      case CODE_NOT_GIVEN -> "the rule requires another code";
      case USAGE_LIMIT_REACHED -> "the usage limit of the code is reached";
      case PER_CUSTOMER_LIMIT_REACHED ->
          "the customer has reached the usage limit of the code, or the order has no customer";
      case BUDGET_EXCEEDED -> "the budget of the code is used up, or would be exceeded";
      case NOT_STARTED -> "the code is not valid yet";
      case EXPIRED -> "the code has expired";
      case CONDITIONS_NOT_MET -> "the order does not meet the conditions of the code";
      case EXCLUDED -> "an exclusive discount applies instead";
      case NOT_BEST_OFFER -> "other discounts save more than the code";
      case NO_EFFECT -> "the code has nothing to discount in this order";
      case CODE_NOT_NEEDED -> "another code already applies the same rule";
      case PLACED_IN_PAST ->
          "codes do not apply to an order with placedAt: its prices are those that were paid";
    };
  }
}
