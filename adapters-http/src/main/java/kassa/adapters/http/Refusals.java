package kassa.adapters.http;

import java.util.List;
import java.util.Set;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.message.QuoteResponse;
import kassa.adapters.http.message.Words;
import kassa.application.port.in.UnsellableItem;
import kassa.domain.InvalidValueException;
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
final class Refusals {

  private Refusals() {}

  /** Some lines have no price. */
  static Problem unsellable(List<UnsellableItem> items) {
    Faults faults = new Faults();
    for (UnsellableItem item : items) {
      faults.invalid(
          "/lines/" + item.item() + "/sku", Words.of(item.reason()), textOf(item.reason()));
    }
    return Problem.of(faults);
  }

  /** With the prices of the catalogue it is no cart. */
  static Problem noCart(InvalidValueException reason) {
    Faults faults = new Faults();
    faults.invalid("/lines", Words.of(reason.reason()), String.valueOf(reason.getMessage()));
    return Problem.of(faults);
  }

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
            .map(rejection -> fault(rejection, sent))
            .toList();
    return new Problem(
        ProblemKind.CODE_REJECTED,
        "Nothing was kept. With onInvalidCode drop, the order is placed for the price in quote.",
        faults,
        QuoteResponse.of(quote),
        null);
  }

  /** The price is not the one that was expected. */
  static Problem priceChanged(Quote quote) {
    return new Problem(
        ProblemKind.PRICE_CHANGED,
        "Nothing was kept. The price now is in quote.",
        List.of(),
        QuoteResponse.of(quote),
        null);
  }

  /** Others took of the same limits each time. */
  static Problem contended() {
    return Problem.of(
        ProblemKind.CONTENDED,
        "Nothing was kept. Others took of the same limits each time; try again.");
  }

  /** The status of an order does not allow what was asked. */
  static Problem notAllowed(OrderStatus status) {
    List<String> allowed = status.next().stream().map(Words::of).toList();
    String next = allowed.isEmpty() ? "nothing" : String.join(", ", allowed);
    return new Problem(
        ProblemKind.INVALID_TRANSITION,
        "The order is " + Words.of(status) + "; what may come next is " + next + ".",
        List.of(),
        null,
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
          case Excess.Units units -> "Of one of the products " + units.left() + " units are left";
          case Excess.Shipping shipping -> "Of shipping is left " + shipping.left();
          case Excess.Total() -> "It is more than is left";
        };
    return new Problem(
        ProblemKind.REFUND_EXCEEDS_PAID,
        reason + "; of all that was paid is left " + left + ". Nothing was given back.",
        List.of(),
        null,
        null,
        left.toPlainString());
  }

  /** The order has as many refunds as it may have. */
  static Problem tooManyRefunds() {
    return Problem.of(
        ProblemKind.TOO_MANY_REFUNDS,
        "An order has at most " + RefundedOrder.MOST_REFUNDS + " refunds; nothing was given back.");
  }

  private static Fault fault(Rejection rejection, List<Code> sent) {
    return new Fault(
        Fault.Place.BODY,
        "/codes/" + sent.indexOf(rejection.code()),
        Words.of(rejection.reason()),
        textOf(rejection.reason()),
        false);
  }

  private static String textOf(UnsellableItem.Reason reason) {
    return switch (reason) {
      case UNKNOWN_PRODUCT -> "the catalogue has no such product; send its unitPrice, or create it";
      case INACTIVE_PRODUCT -> "the product is not sold at present";
      case OTHER_CURRENCY -> "the product is sold in another currency";
    };
  }

  private static String textOf(SkipReason reason) {
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
      case OUTDONE -> "other discounts save more than the code does";
      case NO_EFFECT -> "there is nothing that the code could take off";
      case CODE_NOT_NEEDED -> "another code brings the same already";
    };
  }
}
