package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderContext;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderState;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.Tax;
import org.jspecify.annotations.Nullable;

/**
 * Assembles an order from its rows, and rejects a damaged order whose rows contradict each other.
 */
final class OrderAssembler {

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  private record LineWithDiscounts(OrderLineRow row, List<OrderDiscountRow> discounts) {}

  private final OrderRow row;
  private final List<LineWithDiscounts> lines = new ArrayList<>();
  private final List<OrderDiscountRow> shippingDiscounts = new ArrayList<>();

  OrderAssembler(OrderRow row) {
    this.row = row;
  }

  /** Whether this line was added last. */
  boolean hasLine(int position) {
    return !lines.isEmpty() && lines.getLast().row().position() == position;
  }

  void addLine(OrderLineRow line) {
    lines.add(new LineWithDiscounts(line, new ArrayList<>()));
  }

  /** Adds a discount to the line that was added last. */
  void addDiscount(OrderDiscountRow discount) {
    lines.getLast().discounts().add(discount);
  }

  /** Adds a discount on shipping, in order. */
  void addShippingDiscount(OrderDiscountRow discount) {
    shippingDiscounts.add(discount);
  }

  /**
   * Creates the order.
   *
   * @throws IllegalStateException if the order is damaged; the message contains its id
   */
  Order toOrder() {
    try {
      Order order = assemble();
      requireEqual("subtotal", order.price().subtotal(), row.subtotal());
      requireEqual("discount_total", order.price().discountTotal(), row.discountTotal());
      requireEqual("tax_total", order.price().taxTotal(), row.taxTotal());
      requireEqual("total", order.price().total(), row.total());
      return order;
    } catch (IllegalArgumentException | ArithmeticException | NullPointerException damage) {
      throw new IllegalStateException(
          "order " + new OrderId(row.id()) + " is damaged in the database", damage);
    }
  }

  private Order assemble() {
    Currency currency = CURRENCIES.parse(row.currency());
    require(
        currency.getDefaultFractionDigits() == row.currencyDigits(),
        "the currency had " + row.currencyDigits() + " decimal places");
    return new Order(
        new OrderId(row.id()),
        new OrderNumber(row.number()),
        new OrderContent(
            row.customerId() == null ? null : new CustomerId(row.customerId()),
            new OrderContext(row.channel(), row.customerGroup()),
            new PricedCart(currency, lines(currency), shipping(currency)),
            row.rejections().stream().map(RejectionRow::toRejection).toList(),
            metadata(),
            row.placedAt()),
        OrderState.of(parseEnum(OrderStatus.class, row.status()), row.isPaid(), row.cancelReason()),
        new Money(row.refundedTotal(), currency),
        row.version(),
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

  private PricedLine line(LineWithDiscounts stored, Currency currency) {
    OrderLineRow line = stored.row();
    CartLine cartLine = line.toLine(currency);
    PricedLine priced =
        new PricedLine(
            cartLine,
            new Money(line.subtotal(), currency),
            discounts(stored.discounts(), currency),
            new Tax(new Money(line.taxTotal(), currency), row.pricesIncludeTax()),
            UnitsColumn.parse(line.units()));
    requireEqual("subtotal of line " + line.position(), cartLine.subtotal(), line.subtotal());
    requireEqual(
        "discount_total of line " + line.position(), priced.discountTotal(), line.discountTotal());
    requireEqual("total of line " + line.position(), priced.total(), line.total());
    return priced;
  }

  private @Nullable PricedShipping shipping(Currency currency) {
    if (row.shippingAmount() == null) {
      require(
          shippingDiscounts.isEmpty()
              && row.shippingTotal() == null
              && row.shippingTaxRate() == null
              && row.shippingTaxTotal() == 0,
          "shipping_amount is missing");
      return null;
    }
    PricedShipping shipping =
        new PricedShipping(
            new Shipping(
                new Money(row.shippingAmount(), currency),
                row.shippingMethod(),
                percentage(row.shippingTaxRate())),
            discounts(shippingDiscounts, currency),
            new Tax(new Money(row.shippingTaxTotal(), currency), row.pricesIncludeTax()));
    requireEqual(
        "shipping_total", shipping.total(), row.shippingTotal() == null ? 0 : row.shippingTotal());
    return shipping;
  }

  private static @Nullable Percentage percentage(@Nullable BigDecimal stored) {
    return stored == null ? null : Percentage.parse("taxRate", stored.toPlainString());
  }

  private Metadata metadata() {
    List<@Nullable String> names = row.metadataNames();
    List<@Nullable String> contents = row.metadataContents();
    require(names.size() == contents.size(), "metadata_keys and metadata_values differ in length");
    SortedMap<String, String> entries = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      entries.put(requireNonNull(names.get(i)), requireNonNull(contents.get(i)));
    }
    return Metadata.of(entries);
  }

  private static List<Discount> discounts(List<OrderDiscountRow> rows, Currency currency) {
    return rows.stream().map(discount -> discount.toDiscount(currency)).toList();
  }

  private static void requireEqual(String column, Money sum, long stored) {
    require(sum.minorUnits() == stored, column + " is " + stored + " and should be " + sum);
  }

  private static void require(boolean condition, String damage) {
    if (!condition) {
      throw new IllegalArgumentException(damage);
    }
  }
}
