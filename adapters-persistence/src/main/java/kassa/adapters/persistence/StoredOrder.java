package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.word;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderContext;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.Tax;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one order while they are read, and the order that they make. An order whose rows
 * contradict each other is damaged; it is never answered.
 */
final class StoredOrder {

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  private record LineWithParts(LineRow row, List<DiscountRow> discounts, SortedSet<String> tags) {}

  private final OrderRow row;
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<LineWithParts> lines = new ArrayList<>();
  private final List<DiscountRow> shippingDiscounts = new ArrayList<>();
  private final List<RejectionRow> rejections = new ArrayList<>();
  private int strayTags;

  StoredOrder(OrderRow row) {
    this.row = row;
  }

  void addMetadata(String name, String content) {
    metadata.put(name, content);
  }

  /** Adds a line, unless it is the one that was added last: a line comes with each discount. */
  void addLine(LineRow line) {
    if (lines.isEmpty() || lines.getLast().row().position() != line.position()) {
      lines.add(new LineWithParts(line, new ArrayList<>(), new TreeSet<>()));
    }
  }

  /** Adds a discount to the line that was added last. */
  void addDiscount(DiscountRow discount) {
    lines.getLast().discounts().add(discount);
  }

  /** Adds a tag to a line that was added before. */
  void addTag(int line, String tag) {
    if (line >= 0 && line < lines.size()) {
      lines.get(line).tags().add(tag);
    } else {
      strayTags++;
    }
  }

  /** Adds what came off shipping, in its order. */
  void addShippingDiscount(DiscountRow discount) {
    shippingDiscounts.add(discount);
  }

  /** Adds what was rejected, in its order. */
  void addRejection(RejectionRow rejection) {
    rejections.add(rejection);
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
      check("tax_total", order.price().taxTotal(), row.taxTotal());
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
        word(OrderStatus.class, row.status()),
        row.customerId() == null ? null : new CustomerId(row.customerId()),
        new OrderContext(row.channel(), row.customerGroup()),
        row.version(),
        new PricedCart(currency, lines(currency), shipping(currency)),
        rejected(),
        new Money(row.refundedTotal(), currency),
        Metadata.of(metadata),
        row.cancelReason(),
        row.placedAt(),
        row.updatedAt());
  }

  private List<PricedLine> lines(Currency currency) {
    List<PricedLine> priced = new ArrayList<>(lines.size());
    for (LineWithParts line : lines) {
      require(line.row().position() == priced.size(), "line " + priced.size() + " is missing");
      priced.add(line(line, currency));
    }
    require(strayTags == 0, "a tag is of no line");
    return priced;
  }

  private PricedLine line(LineWithParts stored, Currency currency) {
    LineRow line = stored.row();
    SortedSet<Tag> tags = new TreeSet<>();
    stored.tags().forEach(tag -> tags.add(new Tag(tag)));
    CartLine cartLine = line.toLine(tags, currency);
    PricedLine priced =
        new PricedLine(
            cartLine,
            new Money(line.subtotal(), currency),
            discounts(stored.discounts(), currency),
            new Tax(new Money(line.taxTotal(), currency), row.pricesIncludeTax()),
            UnitsColumn.parse(line.units()));
    check("subtotal of line " + line.position(), cartLine.subtotal(), line.subtotal());
    check(
        "discount_total of line " + line.position(), priced.discountTotal(), line.discountTotal());
    check("total of line " + line.position(), priced.total(), line.total());
    return priced;
  }

  private @Nullable PricedShipping shipping(Currency currency) {
    if (row.shippingAmount() == null) {
      require(
          shippingDiscounts.isEmpty() && row.shippingTotal() == null, "its shipping is missing");
      return null;
    }
    PricedShipping shipping =
        new PricedShipping(
            new Shipping(new Money(row.shippingAmount(), currency), row.shippingMethod()),
            discounts(shippingDiscounts, currency));
    check(
        "shipping_total", shipping.total(), row.shippingTotal() == null ? 0 : row.shippingTotal());
    return shipping;
  }

  private List<Rejection> rejected() {
    List<Rejection> rejected = new ArrayList<>(rejections.size());
    for (RejectionRow rejection : rejections) {
      require(
          rejection.position() == rejected.size(), "rejection " + rejected.size() + " is missing");
      rejected.add(rejection.toRejection());
    }
    return rejected;
  }

  private static List<Discount> discounts(List<DiscountRow> rows, Currency currency) {
    return rows.stream().map(discount -> discount.toDiscount(currency)).toList();
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
