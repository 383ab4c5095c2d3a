package kassa.adapters.persistence;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;

/**
 * The rows of one order while they are read, and the order that they make. An order whose rows
 * contradict each other is damaged; it is never answered.
 */
final class StoredOrder {

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  private record LineWithDiscounts(LineRow row, List<DiscountRow> discounts) {}

  private final OrderRow row;
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<LineWithDiscounts> lines = new ArrayList<>();

  StoredOrder(OrderRow row) {
    this.row = row;
  }

  void addMetadata(String name, String content) {
    metadata.put(name, content);
  }

  /** Adds a line, unless it is the one that was added last: a line comes with each discount. */
  void addLine(LineRow line) {
    if (lines.isEmpty() || lines.getLast().row().position() != line.position()) {
      lines.add(new LineWithDiscounts(line, new ArrayList<>()));
    }
  }

  /** Adds a discount to the line that was added last. */
  void addDiscount(DiscountRow discount) {
    lines.getLast().discounts().add(discount);
  }

  /**
   * The order.
   *
   * @throws IllegalStateException if it is damaged; the message names it
   */
  Order toOrder() {
    try {
      Order order = assemble();
      check("subtotal", order.price().subtotal(), row.subtotal());
      check("discount_total", order.price().discountTotal(), row.discountTotal());
      check("total", order.price().total(), row.total());
      return order;
    } catch (IllegalArgumentException | ArithmeticException damage) {
      throw new IllegalStateException(
          "order " + new OrderId(row.id()) + " is damaged in the database", damage);
    }
  }

  private Order assemble() {
    Currency currency = CURRENCIES.parse(row.currency());
    require(
        currency.getDefaultFractionDigits() == row.currencyDigits(),
        "its currency had " + row.currencyDigits() + " decimal places");
    return new Order(
        new OrderId(row.id()),
        new OrderNumber(row.number()),
        OrderStatus.valueOf(row.status().toUpperCase(Locale.ROOT)),
        row.customerId() == null ? null : new CustomerId(row.customerId()),
        row.version(),
        new PricedCart(currency, lines(currency)),
        new Money(row.refundedTotal(), currency),
        Metadata.of(metadata),
        row.placedAt(),
        row.updatedAt());
  }

  private List<PricedLine> lines(Currency currency) {
    List<PricedLine> priced = new ArrayList<>(lines.size());
    for (LineWithDiscounts line : lines) {
      require(line.row().position() == priced.size(), "line " + priced.size() + " is missing");
      priced.add(line(line, currency));
    }
    return priced;
  }

  private static PricedLine line(LineWithDiscounts stored, Currency currency) {
    LineRow row = stored.row();
    CartLine line =
        new CartLine(
            new Sku(row.sku()),
            Quantity.of(row.quantity()),
            UnitPrice.of(row.unitPrice(), currency));
    PricedLine priced =
        new PricedLine(
            line,
            new Money(row.subtotal(), currency),
            stored.discounts().stream().map(discount -> discount.toDiscount(currency)).toList());
    check("subtotal of line " + row.position(), line.subtotal(), row.subtotal());
    check("discount_total of line " + row.position(), priced.discountTotal(), row.discountTotal());
    check("total of line " + row.position(), priced.total(), row.total());
    return priced;
  }

  private static void check(String what, Money sum, long stored) {
    require(sum.minorUnits() == stored, what + " is " + stored + " and should be " + sum);
  }

  private static void require(boolean sound, String damage) {
    if (!sound) {
      throw new IllegalArgumentException(damage);
    }
  }
}
