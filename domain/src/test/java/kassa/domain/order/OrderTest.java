package kassa.domain.order;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency JPY = Currency.getInstance("JPY");
  private static final OrderId ID = new OrderId(new UUID(0x0190_0000_0000_7000L, 1));
  private static final Instant PLACED_AT = Instant.parse("2026-06-15T12:00:00.123456Z");
  private static final Metadata TILL = Metadata.of(Map.of("till", "7"));

  private static final PricedCart TEN_MUGS =
      Pricing.price(
              PricingRequest.of(
                  new Cart(
                      USD,
                      List.of(
                          new CartLine(
                              new Sku("MUG"), Quantity.of(10), UnitPrice.parse("100.00", USD)))),
                  java.time.Instant.EPOCH),
              TestRules.defaultRules())
          .price();

  @Test
  void new_order_becomes_version_one_with_a_number() {
    CustomerId customer = new CustomerId("c-4711");
    NewOrder newOrder = new NewOrder(ID, new OrderContent(customer, TEN_MUGS, TILL, PLACED_AT));

    assertThat(newOrder.toOrder(new OrderNumber(42)))
        .isEqualTo(
            new Order(
                ID,
                new OrderNumber(42),
                new OrderContent(customer, TEN_MUGS, TILL, PLACED_AT),
                new OrderState.Placed(),
                Money.zero(USD),
                1,
                PLACED_AT));
  }

  @Test
  void customer_is_optional() {
    NewOrder newOrder = new NewOrder(ID, new OrderContent(null, TEN_MUGS, TILL, PLACED_AT));

    assertThat(newOrder.toOrder(new OrderNumber(42)).customer()).isNull();
  }

  @Test
  void sort_key_is_time_and_id() {
    Order order = order(1, Money.zero(USD));

    assertThat(order.sortKey())
        .isEqualTo(OrderSortKey.of(PLACED_AT, ID, order.price().total()))
        .isEqualTo(new OrderSortKey(PLACED_AT, ID, order.price().total().toBigDecimal()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void rejects_a_version_below_one(int version) {
    assertRejected(Reason.OUT_OF_RANGE, () -> order(version, Money.zero(USD)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 89_999, 90_000})
  void accepts_refunds_up_to_the_paid_amount(long cents) {
    Money refunded = new Money(cents, USD);

    assertThat(order(2, refunded).refundedTotal()).isEqualTo(refunded);
  }

  @ParameterizedTest
  @ValueSource(longs = {90_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void rejects_refunds_above_the_paid_amount_or_negative(long cents) {
    assertRejected(Reason.OUT_OF_RANGE, () -> order(2, new Money(cents, USD)));
  }

  @Test
  void rejects_a_refund_in_another_currency() {
    assertThatIllegalArgumentException().isThrownBy(() -> order(2, Money.zero(JPY)));
  }

  private static Order order(int version, Money refunded) {
    return new Order(
        ID,
        new OrderNumber(42),
        new OrderContent(null, TEN_MUGS, TILL, PLACED_AT),
        new OrderState.Paid(),
        refunded,
        version,
        PLACED_AT);
  }
}
