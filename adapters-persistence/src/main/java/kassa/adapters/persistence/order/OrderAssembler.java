package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** By line; those of shipping, with position -1, are last. */
  private static final Comparator<OrderDiscountRow> DISCOUNT_ORDER =
      Comparator.comparing(OrderDiscountRow::linePosition, Integer::compareUnsigned)
          .thenComparingInt(OrderDiscountRow::position);

  private final OrderRow row;
  private final List<OrderLineRow> lines = new ArrayList<>();
  private final List<OrderDiscountRow> discounts = new ArrayList<>();

  /** The index of the next discount to assemble. */
  private int nextDiscount;

  OrderAssembler(OrderRow row) {
    this.row = row;
  }

  /** Adds a line; the sequence does not matter. */
  void addLine(OrderLineRow line) {
    lines.add(line);
  }

  /** Adds a discount of a line or of shipping; the sequence does not matter. */
  void addDiscount(OrderDiscountRow discount) {
    discounts.add(discount);
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
    lines.sort(Comparator.comparingInt(OrderLineRow::position));
    discounts.sort(DISCOUNT_ORDER);
    Currency currency = CURRENCIES.parse(row.currency());
    if (currency.getDefaultFractionDigits() != row.currencyDigits()) {
      throw new IllegalArgumentException(
          "the currency had " + row.currencyDigits() + " decimal places");
    }
    PricedCart price = new PricedCart(currency, lines(currency), shipping(currency));
    require(nextDiscount == discounts.size(), "a discount has no line");
    return new Order(
        new OrderId(row.id()),
        new OrderNumber(row.number()),
        new OrderContent(
            row.customerId() == null ? null : new CustomerId(row.customerId()),
            new OrderContext(row.channel(), row.customerGroup()),
            price,
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
    for (OrderLineRow line : lines) {
      if (line.position() != priced.size()) {
        throw new IllegalArgumentException("line " + priced.size() + " is missing");
      }
      priced.add(line(line, currency));
    }
    return priced;
  }

  private PricedLine line(OrderLineRow line, Currency currency) {
    CartLine cartLine = line.toLine(currency);
    PricedLine priced =
        new PricedLine(
            cartLine,
            new Money(line.subtotal(), currency),
            nextDiscounts(line.position(), currency),
            new Tax(new Money(line.taxTotal(), currency), row.pricesIncludeTax()),
            UnitsColumn.parse(line.units()));
    requireEqual("subtotal", line, cartLine.subtotal(), line.subtotal());
    requireEqual("discount_total", line, priced.discountTotal(), line.discountTotal());
    requireEqual("total", line, priced.total(), line.total());
    return priced;
  }

  private @Nullable PricedShipping shipping(Currency currency) {
    List<Discount> shippingDiscounts = nextDiscounts(RuleDiscountShare.SHIPPING_POSITION, currency);
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
            shippingDiscounts,
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

  /** The discounts of the next line or of shipping, in order. */
  private List<Discount> nextDiscounts(int linePosition, Currency currency) {
    List<Discount> found = new ArrayList<>();
    while (nextDiscount < discounts.size()
        && discounts.get(nextDiscount).linePosition() == linePosition) {
      found.add(discounts.get(nextDiscount++).toDiscount(currency));
    }
    return found;
  }

  private static void requireEqual(String column, OrderLineRow line, Money sum, long stored) {
    if (sum.minorUnits() != stored) {
      requireEqual(column + " of line " + line.position(), sum, stored);
    }
  }

  private static void requireEqual(String column, Money sum, long stored) {
    if (sum.minorUnits() != stored) {
      throw new IllegalArgumentException(column + " is " + stored + " and should be " + sum);
    }
  }

  private static void require(boolean condition, String damage) {
    if (!condition) {
      throw new IllegalArgumentException(damage);
    }
  }
}
