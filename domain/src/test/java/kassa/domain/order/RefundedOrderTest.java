package kassa.domain.order;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.order.RefundedOrder.Excess;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefundedOrderTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOON = TestRules.AT;
  private static final Instant LATER = NOON.plusSeconds(3600);
  private static final Money ZERO = Money.zero(USD);
  private static final Sku MUG = new Sku("MUG");

  /** 3 mugs of 9.67, 9.67 and 9.66, a pen of 9.67 and shipping of 5.00. */
  private final Order placed =
      new NewOrder(
              new OrderId(new UUID(0x0190_0000_0000_7000L, 1)),
              new OrderContent(
                  null,
                  Pricing.price(
                          PricingRequest.of(
                              RuleDsl.cart("3 x 10 MUG; 1 x 10 PEN; ship 5"), TestRules.AT),
                          TestRules.fromText("{type: 'amount_off_order', amount: '1.33'}"))
                      .price(),
                  Metadata.of(Map.of()),
                  NOON))
          .toOrder(new OrderNumber(7));

  private RefundedOrder order =
      new RefundedOrder(transitioned(placed, OrderTransition.PAY), List.of());

  @Test
  void refunds_each_unit_at_its_paid_price() {
    Money first = grant(units("MUG", 1L)).total();
    Money others = grant(units("MUG", 2L)).total();

    RefundedOrder withoutRefunds =
        new RefundedOrder(transitioned(placed, OrderTransition.PAY), List.of());
    assertThat(withoutRefunds.refund(units("MUG", 3L), NOON, null))
        .isInstanceOfSatisfying(
            Decision.Granted.class,
            all -> assertThat(all.refund().total()).isEqualTo(first.plus(others)));
    assertThat(order.refund(units("MUG", 1L), NOON, null))
        .isEqualTo(new Decision.ExceedsPaid(new Excess.Quantity(MUG, 0), order.remaining()));
  }

  @Test
  void refuses_fractions_of_a_product_ordered_in_whole_units() {
    SequencedMap<Sku, Long> half = new LinkedHashMap<>(Map.of(MUG, 500L));

    assertThat(
            order.refund(new RefundRequest(half, null, new ShippingShare.None(), null), NOON, null))
        .isEqualTo(new Decision.FractionsOfUnits(Set.of(MUG)));
  }

  @Test
  void change_records_actor_time_and_reason() {
    RefundRequest request =
        new RefundRequest(
            new LinkedHashMap<>(), cents(100), new ShippingShare.Part(cents(50)), "broken");

    Decision.Granted granted = (Decision.Granted) order.refund(request, LATER, "clerk");

    assertThat(granted.refund())
        .isEqualTo(new Refund(3, LATER, "clerk", "broken", List.of(), cents(100), cents(50)));
    assertThat(granted.change().after().version()).isEqualTo(3);
    assertThat(granted.change().after().refundedTotal()).isEqualTo(cents(150));
    assertThat(granted.change().after().updatedAt()).isEqualTo(LATER);
    assertThat(granted.change().events())
        .containsExactly(
            new OrderEvent(
                LATER,
                "clerk",
                OrderEvent.Kind.REFUNDED,
                OrderStatus.PAID,
                OrderStatus.PAID,
                "broken"));
    assertThat(granted.change().refunds()).containsExactly(granted.refund());
  }

  @Test
  void rejects_a_refund_above_the_paid_amount() {
    Money all = order.remaining();
    grant(amount(all.minus(cents(1))));

    assertThat(order.refund(units("PEN", 1L), NOON, null))
        .isEqualTo(new Decision.ExceedsPaid(new Excess.Total(), cents(1)));
    assertThat(order.refund(amount(cents(2)), NOON, null))
        .isEqualTo(new Decision.ExceedsPaid(new Excess.Total(), cents(1)));
    grant(amount(cents(1)));
    assertThat(order.remaining()).isEqualTo(ZERO);
    assertThat(order.refund(amount(cents(1)), NOON, null))
        .isEqualTo(new Decision.ExceedsPaid(new Excess.Total(), ZERO));
  }

  @Test
  void refunds_shipping_only_once() {
    assertThat(grant(shipping(new ShippingShare.Part(cents(100)))).shipping())
        .isEqualTo(cents(100));
    assertThat(order.refund(shipping(new ShippingShare.Part(cents(401))), NOON, null))
        .isEqualTo(new Decision.ExceedsPaid(new Excess.Shipping(cents(400)), order.remaining()));
    assertThat(grant(shipping(new ShippingShare.Remaining())).shipping()).isEqualTo(cents(400));
    assertThat(order.refund(shipping(new ShippingShare.Remaining()), NOON, null))
        .isEqualTo(new Decision.ExceedsPaid(new Excess.Shipping(ZERO), order.remaining()));
    RefundRequest withUnits =
        new RefundRequest(
            new LinkedHashMap<>(Map.of(MUG, 1_000L)), null, new ShippingShare.Remaining(), null);
    assertThat(grant(withUnits).shipping()).isEqualTo(ZERO);
  }

  @Test
  void rejects_a_refund_of_an_unpaid_order() {
    Decision notPaid = new Decision.ExceedsPaid(new Excess.NotPaid(), ZERO);

    assertThat(new RefundedOrder(placed, List.of()).refund(units("MUG", 1L), NOON, null))
        .isEqualTo(notPaid);
    assertThat(
            new RefundedOrder(transitioned(placed, OrderTransition.CANCEL), List.of())
                .refund(amount(cents(1)), NOON, null))
        .isEqualTo(notPaid);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHIP", "CANCEL"})
  void refunds_a_paid_order_in_any_later_status(OrderTransition transition) {
    RefundedOrder laterOrder =
        new RefundedOrder(
            transitioned(transitioned(placed, OrderTransition.PAY), transition), List.of());

    assertThat(laterOrder.refund(units("MUG", 1L), NOON, null))
        .isInstanceOf(Decision.Granted.class);
  }

  @Test
  void lists_refunded_skus_that_are_not_in_the_order() {
    assertThat(order.refund(units("CUP", 1L), NOON, null))
        .isEqualTo(new Decision.ItemsNotOrdered(Set.of(new Sku("CUP"))));
  }

  @Test
  void ignores_refunds_newer_than_the_order_version() {
    Order before = order.order();
    grant(amount(cents(1)));

    assertThat(RefundedOrder.of(before, order.refunds()))
        .isEqualTo(new RefundedOrder(before, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefundedOrder(before, order.refunds()));
  }

  @Test
  void limits_the_number_of_refunds() {
    for (int i = 0; i < RefundedOrder.MAX_REFUNDS; i++) {
      grant(amount(cents(1)));
    }

    assertThat(order.refund(amount(cents(1)), NOON, null)).isEqualTo(new Decision.TooManyRefunds());
  }

  @Test
  void rejects_empty_and_ambiguous_refund_requests() {
    assertRejected(Reason.EMPTY, () -> shipping(new ShippingShare.None()));
    assertRejected(Reason.OUT_OF_RANGE, () -> units("MUG", 0L));
    assertRejected(Reason.OUT_OF_RANGE, () -> amount(ZERO));
    assertRejected(Reason.OUT_OF_RANGE, () -> amount(cents(-1)));
    assertRejected(Reason.OUT_OF_RANGE, () -> shipping(new ShippingShare.Part(ZERO)));
    assertRejected(
        Reason.OUT_OF_RANGE,
        () ->
            new RefundRequest(
                new LinkedHashMap<>(Map.of(MUG, 1_000L)),
                cents(1),
                new ShippingShare.None(),
                null));
  }

  @Test
  void combined_changes_must_be_consecutive() {
    OrderChange paid = placed.transition(OrderTransition.PAY, null, NOON, "a").orElseThrow();
    OrderChange shipped =
        paid.after().transition(OrderTransition.SHIP, null, LATER, "b").orElseThrow();

    OrderChange both = paid.then(shipped);

    assertThat(both.before()).isEqualTo(placed);
    assertThat(both.after()).isEqualTo(shipped.after());
    assertThat(both.events()).extracting(OrderEvent::actor).containsExactly("a", "b");
    assertThat(both.versionAfterStep(1)).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> shipped.then(paid));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OrderChange(placed, placed, List.of(), List.of()));
  }

  private Refund grant(RefundRequest request) {
    Decision.Granted granted = (Decision.Granted) order.refund(request, NOON, null);
    List<Refund> refunds = new ArrayList<>(order.refunds());
    refunds.add(granted.refund());
    order = new RefundedOrder(granted.change().after(), refunds);
    return granted.refund();
  }

  private static Order transitioned(Order order, OrderTransition transition) {
    return order.transition(transition, null, NOON, null).orElseThrow().after();
  }

  private static RefundRequest units(String sku, long units) {
    SequencedMap<Sku, Long> all = new LinkedHashMap<>(Map.of(new Sku(sku), units * 1_000));
    return new RefundRequest(all, null, new ShippingShare.None(), null);
  }

  private static RefundRequest amount(Money amount) {
    return new RefundRequest(new LinkedHashMap<>(), amount, new ShippingShare.None(), null);
  }

  private static RefundRequest shipping(ShippingShare share) {
    return new RefundRequest(new LinkedHashMap<>(), null, share, null);
  }

  private static Money cents(long cents) {
    return new Money(cents, USD);
  }
}
