package kassa.domain.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.Metadata;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.order.RefundedOrder.Excess;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
import kassa.domain.testing.RandomPricingCases;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Partial refunds of random orders add up to the paid amount. */
@Tag("laws")
class RefundPropertyTest {

  private static final int TIMES = 5_000;
  private static final Instant AT = TestRules.AT;

  /** An order, and a random seed for splitting it into refunds. */
  private record Case(RandomPricingCases.PricingInput order, long seed) {}

  @Test
  void partial_refunds_add_up_to_the_paid_amount() {
    PropertyCheck.forAll(
        TIMES,
        CaseGenerator.of(random ->
            new Case(RandomPricingCases.small().generator().apply(random), random.nextLong())),
        it -> {
          PricedCart price = it.order().price().price();
          RefundedOrder order = paid(price);
          SplittableRandom random = new SplittableRandom(it.seed());
          SequencedMap<Sku, Long> left = ordered(price);
          while (!left.isEmpty()) {
            RefundedOrder before = order;
            SequencedMap<Sku, Long> part = part(price, left, random);
            order = after(before, request(part, new ShippingShare.None()));
            assertEqual(order.refunds().getLast().total(), refundOf(price, before, part));
          }
          assertEqual(order.order().refundedTotal(), price.total().minus(price.shippingTotal()));
          if (!price.shippingTotal().isZero()) {
            order = after(order, request(new LinkedHashMap<>(), new ShippingShare.Remaining()));
          }
          assertEqual(order.order().refundedTotal(), price.total());
          assertEqual(taxOf(order), price.taxTotal());
          assertRejectsMore(order, price);
        });
  }

  @Test
  void refunds_of_units_amounts_and_shipping_add_up_to_the_tax_of_the_order() {
    PropertyCheck.forAll(
        TIMES,
        CaseGenerator.of(random ->
            new Case(RandomPricingCases.small().generator().apply(random), random.nextLong())),
        it -> {
          PricedCart price = it.order().price().price();
          RefundedOrder order = paid(price);
          SplittableRandom random = new SplittableRandom(it.seed());
          for (int attempt = 0; attempt < 12; attempt++) {
            order = refundedAtRandom(order, price, random);
          }
          if (!order.remaining().isZero()) {
            order = after(order, amount(order.remaining()));
          }
          assertEqual(taxOf(order), price.taxTotal());
        });
  }

  /** Returns the order after a random refund; the same order if that is too much. */
  private static RefundedOrder refundedAtRandom(
      RefundedOrder order, PricedCart price, RandomGenerator random) {
    Money shipping = price.shippingTotal();
    RefundRequest request =
        switch (random.nextInt(shipping.isZero() ? 2 : 3)) {
          case 0 -> request(part(price, ordered(price), random), new ShippingShare.None());
          case 2 ->
              request(
                  new LinkedHashMap<>(),
                  new ShippingShare.Part(
                      new Money(random.nextLong(1, shipping.minorUnits() + 1), price.currency())));
          default -> amount(new Money(random.nextLong(1, 2_000), price.currency()));
        };
    return order.refund(request, AT, null) instanceof Decision.Granted
        ? after(order, request)
        : order;
  }

  private static RefundRequest amount(Money amount) {
    return new RefundRequest(new LinkedHashMap<>(), amount, new ShippingShare.None(), null);
  }

  private static Money taxOf(RefundedOrder order) {
    return order.refunds().stream()
        .map(Refund::tax)
        .reduce(Money.zero(order.order().price().currency()), Money::plus);
  }

  private static void assertRejectsMore(RefundedOrder order, PricedCart price) {
    Sku sku = price.lines().getFirst().line().sku();
    SequencedMap<Sku, Long> one = new LinkedHashMap<>(Map.of(sku, 1_000L));
    Money nothing = Money.zero(price.currency());
    assertEqual(
        order.refund(request(one, new ShippingShare.None()), AT, null),
        new Decision.ExceedsPaid(new Excess.Quantity(sku, 0), nothing));
    assertEqual(
        order.refund(
            new RefundRequest(
                new LinkedHashMap<>(),
                new Money(1, price.currency()),
                new ShippingShare.None(),
                null),
            AT,
            null),
        new Decision.ExceedsPaid(new Excess.Total(), nothing));
  }

  /** The refund of products, as the difference of two cumulative refunds. */
  private static Money refundOf(PricedCart price, RefundedOrder before, Map<Sku, Long> part) {
    SequencedMap<Sku, Long> earlier = new LinkedHashMap<>();
    before
        .refunds()
        .forEach(refund ->
            refund
                .lines()
                .forEach(line -> earlier.merge(line.sku(), line.thousandths(), Long::sum)));
    SequencedMap<Sku, Long> all = new LinkedHashMap<>(earlier);
    part.forEach((sku, units) -> all.merge(sku, units, Long::sum));
    return RefundCalculation.of(price, all).minus(RefundCalculation.of(price, earlier));
  }

  private static SequencedMap<Sku, Long> ordered(PricedCart price) {
    SequencedMap<Sku, Long> thousandths = new LinkedHashMap<>();
    price
        .lines()
        .forEach(line ->
            thousandths.merge(line.line().sku(), line.line().quantity().thousandths(), Long::sum));
    return thousandths;
  }

  /**
   * Removes a random part, at least about a third of one sku: of a product sold by weight any
   * fraction, else whole units.
   */
  private static SequencedMap<Sku, Long> part(
      PricedCart price, SequencedMap<Sku, Long> left, RandomGenerator random) {
    SequencedMap<Sku, Long> part = new LinkedHashMap<>();
    for (Sku sku : List.copyOf(left.keySet())) {
      long count = left.getOrDefault(sku, 0L);
      if (part.isEmpty() || random.nextBoolean()) {
        long step = RefundCalculation.isRefundable(price, sku, 1) ? 1 : 1_000;
        long taken = Math.max(step, count / random.nextInt(1, 4) / step * step);
        part.put(sku, taken);
        if (taken == count) {
          left.remove(sku);
        } else {
          left.put(sku, count - taken);
        }
      }
    }
    return part;
  }

  private static RefundedOrder after(RefundedOrder order, RefundRequest request) {
    if (order.refund(request, AT, null) instanceof Decision.Granted granted) {
      List<Refund> refunds = new ArrayList<>(order.refunds());
      refunds.add(granted.refund());
      return new RefundedOrder(granted.change().after(), refunds);
    }
    throw new AssertionError("rejected: " + order.refund(request, AT, null));
  }

  private static RefundRequest request(SequencedMap<Sku, Long> units, ShippingShare shipping) {
    return new RefundRequest(units, null, shipping, null);
  }

  private static RefundedOrder paid(PricedCart price) {
    OrderId id = new OrderId(new UUID(0x0190_0000_0000_7000L, 1));
    return new RefundedOrder(
        new NewOrder(id, new OrderContent(null, price, Metadata.of(Map.of()), AT))
            .toOrder(new OrderNumber(1))
            .transition(OrderTransition.PAY, null, AT, null)
            .orElseThrow()
            .after(),
        List.of());
  }

  private static void assertEqual(Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new AssertionError(found + ", expected " + expected);
    }
  }
}
