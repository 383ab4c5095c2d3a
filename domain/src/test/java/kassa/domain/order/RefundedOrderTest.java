package kassa.domain.order;

import static kassa.domain.testing.Refusals.assertRefused;
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
import kassa.domain.pricing.Pricing;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.testing.Rules;
import kassa.domain.testing.Written;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefundedOrderTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOON = Rules.AT;
  private static final Instant LATER = NOON.plusSeconds(3600);
  private static final Money NOTHING = Money.zero(USD);
  private static final Sku MUG = new Sku("MUG");

  /** 3 mugs of 9.67, 9.67 and 9.66, a pen of 9.67 and shipping of 5.00. */
  private final Order placed =
      new NewOrder(
              new OrderId(new UUID(0x0190_0000_0000_7000L, 1)),
              null,
              Pricing.price(
                      PricingRequest.of(Written.cart("3 x 10 MUG; 1 x 10 PEN; ship 5"), Rules.AT),
                      Rules.written("{type: 'amount_off_order', amount: '1.33'}"))
                  .price(),
              Metadata.of(Map.of()),
              NOON)
          .accepted(new OrderNumber(7));

  private RefundedOrder order = new RefundedOrder(moved(placed, OrderMove.PAY), List.of());

  @Test
  void gives_back_unit_after_unit_what_was_paid_for_each() {
    Money first = grant(units("MUG", 1L)).total();
    Money others = grant(units("MUG", 2L)).total();

    RefundedOrder fresh = new RefundedOrder(moved(placed, OrderMove.PAY), List.of());
    assertThat(fresh.refund(units("MUG", 3L), NOON, null))
        .isInstanceOfSatisfying(
            Decision.Granted.class,
            all -> assertThat(all.refund().total()).isEqualTo(first.plus(others)));
    assertThat(order.refund(units("MUG", 1L), NOON, null))
        .isEqualTo(new Decision.Exceeds(new Excess.Units(MUG, 0), order.left()));
  }

  @Test
  void tells_the_change_with_who_and_when_and_why() {
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
  void gives_back_no_more_than_was_paid() {
    Money all = order.left();
    grant(amount(all.minus(cents(1))));

    assertThat(order.refund(units("PEN", 1L), NOON, null))
        .isEqualTo(new Decision.Exceeds(new Excess.Total(), cents(1)));
    assertThat(order.refund(amount(cents(2)), NOON, null))
        .isEqualTo(new Decision.Exceeds(new Excess.Total(), cents(1)));
    grant(amount(cents(1)));
    assertThat(order.left()).isEqualTo(NOTHING);
    assertThat(order.refund(amount(cents(1)), NOON, null))
        .isEqualTo(new Decision.Exceeds(new Excess.Total(), NOTHING));
  }

  @Test
  void gives_shipping_back_once() {
    assertThat(grant(shipping(new ShippingShare.Part(cents(100)))).shipping())
        .isEqualTo(cents(100));
    assertThat(order.refund(shipping(new ShippingShare.Part(cents(401))), NOON, null))
        .isEqualTo(new Decision.Exceeds(new Excess.Shipping(cents(400)), order.left()));
    assertThat(grant(shipping(new ShippingShare.Rest())).shipping()).isEqualTo(cents(400));
    assertThat(order.refund(shipping(new ShippingShare.Rest()), NOON, null))
        .isEqualTo(new Decision.Exceeds(new Excess.Shipping(NOTHING), order.left()));
    RefundRequest withGoods =
        new RefundRequest(
            new LinkedHashMap<>(Map.of(MUG, 1L)), null, new ShippingShare.Rest(), null);
    assertThat(grant(withGoods).shipping()).isEqualTo(NOTHING);
  }

  @Test
  void gives_nothing_back_of_what_was_not_paid() {
    Decision notPaid = new Decision.Exceeds(new Excess.NotPaid(), NOTHING);

    assertThat(new RefundedOrder(placed, List.of()).refund(units("MUG", 1L), NOON, null))
        .isEqualTo(notPaid);
    assertThat(
            new RefundedOrder(moved(placed, OrderMove.CANCEL), List.of())
                .refund(amount(cents(1)), NOON, null))
        .isEqualTo(notPaid);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHIP", "CANCEL"})
  void gives_back_whatever_became_of_an_order_that_was_paid(OrderMove move) {
    RefundedOrder moved = new RefundedOrder(moved(moved(placed, OrderMove.PAY), move), List.of());

    assertThat(moved.refund(units("MUG", 1L), NOON, null)).isInstanceOf(Decision.Granted.class);
  }

  @Test
  void names_products_that_are_not_in_the_order() {
    assertThat(order.refund(units("CUP", 1L), NOON, null))
        .isEqualTo(new Decision.NotOrdered(Set.of(new Sku("CUP"))));
  }

  @Test
  void leaves_refunds_aside_that_came_after_the_order_was_read() {
    Order before = order.order();
    grant(amount(cents(1)));

    assertThat(RefundedOrder.of(before, order.refunds()))
        .isEqualTo(new RefundedOrder(before, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefundedOrder(before, order.refunds()));
  }

  @Test
  void has_a_limit_of_refunds() {
    for (int i = 0; i < RefundedOrder.MOST_REFUNDS; i++) {
      grant(amount(cents(1)));
    }

    assertThat(order.refund(amount(cents(1)), NOON, null)).isEqualTo(new Decision.TooMany());
  }

  @Test
  void refuses_requests_that_ask_for_nothing_or_for_two_things() {
    assertRefused(Reason.EMPTY, () -> shipping(new ShippingShare.None()));
    assertRefused(Reason.OUT_OF_RANGE, () -> units("MUG", 0L));
    assertRefused(Reason.OUT_OF_RANGE, () -> amount(NOTHING));
    assertRefused(Reason.OUT_OF_RANGE, () -> amount(cents(-1)));
    assertRefused(Reason.OUT_OF_RANGE, () -> shipping(new ShippingShare.Part(NOTHING)));
    assertRefused(
        Reason.OUT_OF_RANGE,
        () ->
            new RefundRequest(
                new LinkedHashMap<>(Map.of(MUG, 1L)), cents(1), new ShippingShare.None(), null));
  }

  @Test
  void steps_of_a_change_go_on_where_the_one_before_ended() {
    OrderChange paid = placed.move(OrderMove.PAY, null, NOON, "a").orElseThrow();
    OrderChange shipped = paid.after().move(OrderMove.SHIP, null, LATER, "b").orElseThrow();

    OrderChange both = paid.and(shipped);

    assertThat(both.before()).isEqualTo(placed);
    assertThat(both.after()).isEqualTo(shipped.after());
    assertThat(both.events()).extracting(OrderEvent::actor).containsExactly("a", "b");
    assertThat(both.version(1)).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> shipped.and(paid));
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

  private static Order moved(Order order, OrderMove move) {
    return order.move(move, null, NOON, null).orElseThrow().after();
  }

  private static RefundRequest units(String sku, long units) {
    SequencedMap<Sku, Long> all = new LinkedHashMap<>(Map.of(new Sku(sku), units));
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
