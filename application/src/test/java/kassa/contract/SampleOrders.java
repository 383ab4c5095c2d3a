package kassa.contract;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import kassa.application.port.out.OrderStore;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Pricing;
import kassa.domain.pricing.PricingRequest;

/** Orders for tests. Each has an id of its own, and the ids rise. */
public final class SampleOrders {

  /** The time of the first sample. */
  public static final Instant START = Instant.parse("2026-06-15T12:00:00.123456Z");

  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency JPY = Currency.getInstance("JPY");
  private static final Currency BHD = Currency.getInstance("BHD");
  private static final AtomicLong IDS = new AtomicLong();

  private SampleOrders() {}

  /** A new id, greater than all before it. */
  public static OrderId nextId() {
    return new OrderId(new UUID(0x019b_76da_a800_7000L, IDS.incrementAndGet()));
  }

  /** An order of one line, placed so many seconds after {@link #START}. */
  public static NewOrder placedAfter(long seconds) {
    return new NewOrder(
        nextId(),
        null,
        price(new Cart(USD, List.of(line("MUG", "10", "100.00", USD)))),
        Metadata.of(Map.of()),
        START.plusSeconds(seconds));
  }

  /** An order with everything that an order can have. */
  public static NewOrder rich() {
    List<CartLine> lines =
        List.of(
            line("Käse, jung", "2.125", "0.005125", BHD),
            line("MUG", "50", "1000000000", BHD),
            line("MUG", "10", "19.990", BHD));
    return new NewOrder(
        nextId(),
        new CustomerId("c-4711"),
        price(new Cart(BHD, lines)),
        Metadata.of(
            Map.of("till", "7", "note", "\"über\", 'alles';\n二行目 \uD83C\uDF81", "empty", "")),
        START);
  }

  /** An order of as many lines as a cart may hold, in a currency without decimal places. */
  public static NewOrder ofMostLines() {
    List<CartLine> lines =
        IntStream.rangeClosed(1, Cart.MOST_LINES)
            .mapToObj(i -> line("SKU-" + i, Integer.toString(i), "105", JPY))
            .toList();
    return new NewOrder(nextId(), null, price(new Cart(JPY, lines)), Metadata.of(Map.of()), START);
  }

  /** What a cart costs under the rule that ships. */
  public static PricedCart price(Cart cart) {
    return Pricing.price(PricingRequest.of(cart, START), ShippedRule.set()).price();
  }

  /** What the store kept of an order that it was given. */
  public static Order accept(OrderStore store, NewOrder order) {
    return switch (store.accept(order)) {
      case OrderStore.Acceptance.Accepted(Order accepted) -> accepted;
      case OrderStore.Acceptance.Exhausted exhausted ->
          throw new IllegalStateException("the order was not accepted: " + exhausted);
    };
  }

  private static CartLine line(String sku, String quantity, String unitPrice, Currency currency) {
    return new CartLine(
        new Sku(sku), Quantity.parse(quantity), UnitPrice.parse(unitPrice, currency));
  }
}
