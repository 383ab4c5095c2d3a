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
import kassa.domain.pricing.RefundCalculation;
import org.jspecify.annotations.Nullable;

/**
 * An order with all that was given back for it, which decides what can be given back still. Units
 * come back in the order of the lines, and are worth what was paid for each; so parts of a refund
 * add up to the whole, however they are cut.
 *
 * @param order the order
 * @param refunds its refunds, oldest first
 */
public record RefundedOrder(Order order, List<Refund> refunds) {

  /** The most refunds of an order. */
  public static final int MAX_REFUNDS = 1_000;

  /**
   * @throws IllegalArgumentException if what was given back is not the sum of the refunds
   */
  public RefundedOrder {
    refunds = List.copyOf(refunds);
    Money sum = Money.zero(order.price().currency());
    for (Refund refund : refunds) {
      sum = sum.plus(refund.total());
    }
    if (!sum.equals(order.refundedTotal())) {
      throw new IllegalArgumentException(
          "the refunds of " + order.id() + " come to " + sum + ", not " + order.refundedTotal());
    }
  }

  /**
   * An order as it was read, and its refunds as they were read a little later: those that came in
   * between are left aside.
   *
   * @param refunds all refunds, oldest first
   */
  public static RefundedOrder of(Order order, List<Refund> refunds) {
    return new RefundedOrder(
        order, refunds.stream().filter(refund -> refund.version() <= order.version()).toList());
  }

  /** What comes of a request. */
  public sealed interface Decision {

    /**
     * It can be given back.
     *
     * @param change how the order changes
     * @param refund what is given back
     */
    record Granted(OrderChange change, Refund refund) implements Decision {}

    /**
     * Some of the products are not in the order.
     *
     * @param skus which
     */
    record ItemsNotOrdered(Set<Sku> skus) implements Decision {}

    /**
     * It is more than was paid and is not given back yet.
     *
     * @param excess what of it is too much
     * @param remaining what is left of all that was paid
     */
    record ExceedsPaid(Excess excess, Money remaining) implements Decision {}

    /** The order has as many refunds as an order may have. */
    record TooManyRefunds() implements Decision {}
  }

  /** What of a request is too much. */
  public sealed interface Excess {

    /** The order was not paid. */
    record NotPaid() implements Excess {}

    /**
     * More units of a product than are left.
     *
     * @param sku the product
     * @param remaining how many are left
     */
    record Units(Sku sku, long remaining) implements Excess {}

    /**
     * More of shipping than is left.
     *
     * @param remaining what is left of it
     */
    record Shipping(Money remaining) implements Excess {}

    /** More than is left of all. */
    record Total() implements Excess {}
  }

  /** What was paid and is not given back yet. */
  public Money remaining() {
    return order.paidTotal().minus(order.refundedTotal());
  }

  /**
   * Decides what is given back; nothing is, yet.
   *
   * @param at when, to the microsecond
   * @param actor who does it, as far as that is known
   */
  public Decision refund(RefundRequest request, Instant at, @Nullable String actor) {
    Set<Sku> notOrdered =
        request.units().keySet().stream()
            .filter(sku -> RefundCalculation.unitsOf(order.price(), sku) == 0)
            .collect(Collectors.toUnmodifiableSet());
    if (!notOrdered.isEmpty()) {
      return new Decision.ItemsNotOrdered(notOrdered);
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
    Map<Sku, Long> before = refundedUnits();
    for (Map.Entry<Sku, Long> asked : request.units().entrySet()) {
      Sku sku = asked.getKey();
      long left = RefundCalculation.unitsOf(order.price(), sku) - before.getOrDefault(sku, 0L);
      if (asked.getValue() > left) {
        return new Excess.Units(sku, left);
      }
    }
    Money shippingLeft = shippingRemaining();
    boolean tooMuchShipping =
        switch (request.shipping()) {
          case ShippingShare.None() -> false;
          case ShippingShare.Part(Money part) -> shippingLeft.minus(part).isNegative();
          case ShippingShare.Remaining() ->
              shippingLeft.isZero() && request.units().isEmpty() && request.amount() == null;
        };
    return tooMuchShipping ? new Excess.Shipping(shippingLeft) : null;
  }

  private Refund createRefund(RefundRequest request, Instant at, @Nullable String actor) {
    Money nothing = Money.zero(order.price().currency());
    Map<Sku, Long> before = refundedUnits();
    List<Refund.Line> lines = new ArrayList<>();
    request
        .units()
        .forEach((sku, units) ->
            lines.add(
                new Refund.Line(
                    sku,
                    units,
                    RefundCalculation.of(
                        order.price(), sku, before.getOrDefault(sku, 0L), units))));
    Money shipping =
        switch (request.shipping()) {
          case ShippingShare.None() -> nothing;
          case ShippingShare.Part(Money part) -> part;
          case ShippingShare.Remaining() -> shippingRemaining();
        };
    return new Refund(
        order.version() + 1,
        at,
        actor,
        request.reason(),
        lines,
        request.amount() == null ? nothing : request.amount(),
        shipping);
  }

  private Map<Sku, Long> refundedUnits() {
    Map<Sku, Long> units = new HashMap<>();
    for (Refund refund : refunds) {
      refund.lines().forEach(line -> units.merge(line.sku(), line.units(), Long::sum));
    }
    return units;
  }

  private Money shippingRemaining() {
    Money left = order.price().shippingTotal();
    for (Refund refund : refunds) {
      left = left.minus(refund.shipping());
    }
    return left;
  }
}
