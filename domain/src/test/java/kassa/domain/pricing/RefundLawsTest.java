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
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.order.RefundedOrder.Excess;
import kassa.domain.testing.Cases;
import kassa.domain.testing.Law;
import kassa.domain.testing.Rules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However an order comes back, its parts add up to what was paid. */
@Tag("laws")
class RefundLawsTest {

  private static final int TIMES = 5_000;
  private static final Instant AT = Rules.AT;

  /** A priced order, and by which chance it is cut into refunds. */
  private record Case(Orders.Order order, long chance) {}

  @Test
  void parts_of_a_refund_add_up_to_what_was_paid_however_they_are_cut() {
    Law.holds(
        TIMES,
        Cases.of(
            random -> new Case(Orders.generated().generator().apply(random), random.nextLong())),
        it -> {
          PricedCart price = it.order().price().price();
          RefundedOrder order = paid(price);
          SplittableRandom random = new SplittableRandom(it.chance());
          SequencedMap<Sku, Long> left = units(price);
          while (!left.isEmpty()) {
            RefundedOrder before = order;
            SequencedMap<Sku, Long> part = part(left, random);
            order = after(before, request(part, new ShippingShare.None()));
            equal(order.refunds().getLast().total(), gainOf(price, before, part));
          }
          equal(order.order().refundedTotal(), price.total().minus(price.shippingTotal()));
          if (!price.shippingTotal().isZero()) {
            order = after(order, request(new LinkedHashMap<>(), new ShippingShare.Rest()));
          }
          equal(order.order().refundedTotal(), price.total());
          refusesMore(order, price);
        });
  }

  private static void refusesMore(RefundedOrder order, PricedCart price) {
    Sku sku = price.lines().getFirst().line().sku();
    SequencedMap<Sku, Long> one = new LinkedHashMap<>(Map.of(sku, 1L));
    Money nothing = Money.zero(price.currency());
    equal(
        order.refund(request(one, new ShippingShare.None()), AT, null),
        new Decision.Exceeds(new Excess.Units(sku, 0), nothing));
    equal(
        order.refund(
            new RefundRequest(
                new LinkedHashMap<>(),
                new Money(1, price.currency()),
                new ShippingShare.None(),
                null),
            AT,
            null),
        new Decision.Exceeds(new Excess.Total(), nothing));
  }

  /** What units are worth, told from all that came back with them less all before them. */
  private static Money gainOf(PricedCart price, RefundedOrder before, Map<Sku, Long> part) {
    SequencedMap<Sku, Long> earlier = new LinkedHashMap<>();
    before
        .refunds()
        .forEach(refund ->
            refund.lines().forEach(line -> earlier.merge(line.sku(), line.units(), Long::sum)));
    SequencedMap<Sku, Long> all = new LinkedHashMap<>(earlier);
    part.forEach((sku, units) -> all.merge(sku, units, Long::sum));
    return Refunds.of(price, all).minus(Refunds.of(price, earlier));
  }

  private static SequencedMap<Sku, Long> units(PricedCart price) {
    SequencedMap<Sku, Long> units = new LinkedHashMap<>();
    price.lines().forEach(line -> units.merge(line.line().sku(), line.unitCount(), Long::sum));
    return units;
  }

  /** Takes some units of some of the skus away, at least a third of one of them. */
  private static SequencedMap<Sku, Long> part(
      SequencedMap<Sku, Long> left, RandomGenerator random) {
    SequencedMap<Sku, Long> part = new LinkedHashMap<>();
    for (Sku sku : List.copyOf(left.keySet())) {
      long count = left.getOrDefault(sku, 0L);
      if (part.isEmpty() || random.nextBoolean()) {
        long taken = Math.max(1, count / random.nextInt(1, 4));
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
    throw new AssertionError("refused: " + order.refund(request, AT, null));
  }

  private static RefundRequest request(SequencedMap<Sku, Long> units, ShippingShare shipping) {
    return new RefundRequest(units, null, shipping, null);
  }

  private static RefundedOrder paid(PricedCart price) {
    OrderId id = new OrderId(new UUID(0x0190_0000_0000_7000L, 1));
    return new RefundedOrder(
        new NewOrder(id, null, price, Metadata.of(Map.of()), AT)
            .accepted(new OrderNumber(1))
            .move(OrderMove.PAY, null, AT, null)
            .orElseThrow()
            .after(),
        List.of());
  }

  private static void equal(Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new AssertionError(found + " and not " + expected);
    }
  }
}
