package kassa.domain.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.RefundCalculation;
import org.jspecify.annotations.Nullable;

/**
 * Order with its refunds, which decides whether another refund is possible. Units are returned in
 * the order of the lines and refunded at their paid price, and parts of units in proportion, so
 * that partial refunds always add up to the paid amount, and their taxes to the tax of the order.
 *
 * @param order the order
 * @param refunds the refunds of the order, oldest first
 */
public record RefundedOrder(Order order, List<Refund> refunds) {

  /** The maximum number of refunds of an order. */
  public static final int MAX_REFUNDS = 1_000;

  /**
   * Validates the sum of the refunds.
   *
   * @throws IllegalArgumentException if the refunded total of the order is another amount
   */
  public RefundedOrder {
    refunds = List.copyOf(refunds);
    Money sum = Money.zero(order.price().currency());
    for (Refund refund : refunds) {
      sum = sum.plus(refund.total());
    }
    if (!sum.equals(order.refundedTotal())) {
      throw new IllegalArgumentException(
          "the sum of the refunds of "
              + order.id()
              + " is "
              + sum
              + ", expected "
              + order.refundedTotal());
    }
  }

  /**
   * Combines an order with its refunds that were read later. Refunds newer than the order version
   * are ignored.
   *
   * @param order the order
   * @param refunds all refunds of the order, oldest first
   */
  public static RefundedOrder of(Order order, List<Refund> refunds) {
    return new RefundedOrder(
        order, refunds.stream().filter(refund -> refund.version() <= order.version()).toList());
  }

  /** Decision about a refund request. */
  public sealed interface Decision {

    /**
     * The refund is possible.
     *
     * @param change the change of the order
     * @param refund the refund
     */
    record Granted(OrderChange change, Refund refund) implements Decision {}

    /** The refund is not possible. */
    sealed interface Refused extends Decision {}

    /**
     * Some of the products are not in the order.
     *
     * @param skus these products
     */
    record ItemsNotOrdered(Set<Sku> skus) implements Refused {}

    /**
     * A fraction is requested of products that the order has in whole units only.
     *
     * @param skus these products
     */
    record FractionsOfUnits(Set<Sku> skus) implements Refused {}

    /**
     * The request exceeds the refundable amount or quantity.
     *
     * @param excess the part of the request that is too much
     * @param remaining the paid amount that is not refunded yet
     */
    record ExceedsPaid(Excess excess, Money remaining) implements Refused {}

    /** The order has the maximum number of refunds. */
    record TooManyRefunds() implements Refused {}
  }

  /** The part of a request that is too much. */
  public sealed interface Excess {

    /** The order was not paid. */
    record NotPaid() implements Excess {}

    /**
     * More of a product than is not refunded yet.
     *
     * @param sku the product
     * @param remainingThousandths the quantity times 1,000 that is not refunded yet
     */
    record Quantity(Sku sku, long remainingThousandths) implements Excess {}

    /**
     * More of shipping than is not refunded yet.
     *
     * @param remaining the amount of shipping that is not refunded yet
     */
    record Shipping(Money remaining) implements Excess {}

    /** More than the paid amount that is not refunded yet. */
    record Total() implements Excess {}
  }

  /** Returns the paid amount that is not refunded yet. */
  public Money remaining() {
    return order.paidTotal().minus(order.refundedTotal());
  }

  /**
   * Decides about a refund request. Nothing is stored.
   *
   * @param request the request
   * @param at the time of the refund, to the microsecond
   * @param actor the name of the caller; {@code null} if unknown
   */
  public Decision refund(RefundRequest request, Instant at, @Nullable String actor) {
    Set<Sku> notOrdered =
        request.thousandths().keySet().stream()
            .filter(sku -> RefundCalculation.orderedThousandths(order.price(), sku) == 0)
            .collect(Collectors.toUnmodifiableSet());
    if (!notOrdered.isEmpty()) {
      return new Decision.ItemsNotOrdered(notOrdered);
    }
    Set<Sku> fractions =
        request.thousandths().keySet().stream()
            .filter(sku ->
                !RefundCalculation.isRefundable(
                    order.price(), sku, request.thousandths().getOrDefault(sku, 0L)))
            .collect(Collectors.toUnmodifiableSet());
    if (!fractions.isEmpty()) {
      return new Decision.FractionsOfUnits(fractions);
    }
    if (!order.state().isPaid()) {
      return exceeds(new Excess.NotPaid());
    }
    if (refunds.size() >= MAX_REFUNDS) {
      return new Decision.TooManyRefunds();
    }
    Excess excess = findExcess(request);
    if (excess != null) {
      return exceeds(excess);
    }
    Refund refund = createRefund(request, at, actor);
    return remaining().minus(refund.total()).isNegative()
        ? exceeds(new Excess.Total())
        : new Decision.Granted(order.withRefund(refund), refund);
  }

  private Decision exceeds(Excess excess) {
    return new Decision.ExceedsPaid(excess, remaining());
  }

  private @Nullable Excess findExcess(RefundRequest request) {
    Map<Sku, Long> before = refundedThousandths();
    for (Map.Entry<Sku, Long> requested : request.thousandths().entrySet()) {
      Sku sku = requested.getKey();
      long left =
          RefundCalculation.orderedThousandths(order.price(), sku) - before.getOrDefault(sku, 0L);
      if (requested.getValue() > left) {
        return new Excess.Quantity(sku, left);
      }
    }
    Money shippingLeft = shippingRemaining();
    boolean exceedsShipping =
        switch (request.shipping()) {
          case ShippingShare.None() -> false;
          case ShippingShare.Part(Money part) -> shippingLeft.minus(part).isNegative();
          case ShippingShare.Remaining() ->
              shippingLeft.isZero() && request.thousandths().isEmpty() && request.amount() == null;
        };
    return exceedsShipping ? new Excess.Shipping(shippingLeft) : null;
  }

  private Refund createRefund(RefundRequest request, Instant at, @Nullable String actor) {
    Money zero = Money.zero(order.price().currency());
    Map<Sku, Long> before = refundedThousandths();
    List<Refund.Line> lines = new ArrayList<>();
    request
        .thousandths()
        .forEach(
            (sku, thousandths) -> lines.add(line(sku, before.getOrDefault(sku, 0L), thousandths)));
    Money shipping =
        switch (request.shipping()) {
          case ShippingShare.None() -> zero;
          case ShippingShare.Part(Money part) -> part;
          case ShippingShare.Remaining() -> shippingRemaining();
        };
    Money amount = request.amount() == null ? zero : request.amount();
    Money shippingTax = shippingTaxOf(shipping);
    return new Refund(
        order.version() + 1,
        at,
        actor,
        request.reason(),
        lines,
        amount,
        shipping,
        taxOf(lines, amount, shipping, shippingTax),
        shippingTax);
  }

  private Refund.Line line(Sku sku, long before, long thousandths) {
    return new Refund.Line(
        sku,
        thousandths,
        RefundCalculation.of(order.price(), sku, before, thousandths),
        RefundCalculation.taxOf(order.price(), sku, before, thousandths));
  }

  /**
   * Returns the tax of a refund. An amount without products contains tax in the proportion of what
   * is left. The tax stays within what is left, and what is left afterwards never has more tax than
   * price; so the last refund takes exactly the rest.
   */
  private Money taxOf(List<Refund.Line> lines, Money amount, Money shipping, Money shippingTax) {
    Money zero = Money.zero(order.price().currency());
    Money known = shippingTax;
    Money price = shipping;
    for (Refund.Line line : lines) {
      known = known.plus(line.tax());
      price = price.plus(line.amount());
    }
    Money taxLeft = order.price().taxTotal();
    for (Refund refund : refunds) {
      taxLeft = taxLeft.minus(refund.tax());
    }
    Money left = remaining().minus(price);
    Money leftAfter = left.minus(amount);
    if (leftAfter.isNegative()) {
      // More than is left: the refund will be rejected.
      return zero;
    }
    Money otherTax = max(zero, taxLeft.minus(known));
    Money ofAmount = amount.isZero() ? zero : min(amount, otherTax.proportionalPart(amount, left));
    return max(min(known.plus(ofAmount), taxLeft), taxLeft.minus(leftAfter));
  }

  private static Money min(Money one, Money other) {
    return one.minus(other).isNegative() ? one : other;
  }

  private static Money max(Money one, Money other) {
    return one.minus(other).isNegative() ? other : one;
  }

  /** Returns the tax in a part of shipping that is refunded after earlier parts. */
  private Money shippingTaxOf(Money part) {
    PricedShipping shipping = order.price().shipping();
    Money before = order.price().shippingTotal().minus(shippingRemaining());
    return shipping == null
        ? Money.zero(part.currency())
        : shipping.taxInFirst(before.plus(part)).minus(shipping.taxInFirst(before));
  }

  private Map<Sku, Long> refundedThousandths() {
    Map<Sku, Long> thousandths = new HashMap<>();
    for (Refund refund : refunds) {
      refund.lines().forEach(line -> thousandths.merge(line.sku(), line.thousandths(), Long::sum));
    }
    return thousandths;
  }

  private Money shippingRemaining() {
    Money left = order.price().shippingTotal();
    for (Refund refund : refunds) {
      left = left.minus(refund.shipping());
    }
    return left;
  }
}
