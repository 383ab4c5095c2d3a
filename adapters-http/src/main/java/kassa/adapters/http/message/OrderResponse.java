package kassa.adapters.http.message;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kassa.domain.order.Order;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import org.jspecify.annotations.Nullable;

/** An order as it is answered: money as decimal strings of the order's currency, times in UTC. */
public record OrderResponse(
    String id,
    long number,
    String status,
    @Nullable String customerId,
    int version,
    String currency,
    String subtotal,
    String discountTotal,
    String shippingTotal,
    String taxTotal,
    String total,
    String refundedTotal,
    List<Line> lines,
    List<OrderDiscount> discounts,
    Map<String, String> metadata,
    String placedAt,
    String updatedAt) {

  /** A line of an order. */
  public record Line(
      String sku,
      BigDecimal quantity,
      String unitPrice,
      String subtotal,
      String discountTotal,
      String taxTotal,
      String total,
      List<LineDiscount> discounts) {

    static Line of(PricedLine priced) {
      return new Line(
          priced.line().sku().value(),
          priced.line().quantity().toBigDecimal(),
          priced.line().unitPrice().toPlainString(),
          priced.subtotal().toPlainString(),
          priced.discountTotal().toPlainString(),
          priced.taxTotal().toPlainString(),
          priced.total().toPlainString(),
          priced.discounts().stream().map(LineDiscount::of).toList());
    }
  }

  /** What one rule took off one line. */
  public record LineDiscount(String ruleId, int ruleVersion, String label, String amount) {

    static LineDiscount of(Discount discount) {
      return new LineDiscount(
          discount.rule().toString(),
          discount.ruleVersion(),
          discount.label(),
          discount.amount().toPlainString());
    }
  }

  /**
   * What one rule took off the whole order.
   *
   * @param code the code that brought the rule; {@code null} for a rule that needs none
   */
  public record OrderDiscount(
      String ruleId, int ruleVersion, String label, @Nullable String code, String amount) {

    static OrderDiscount of(Discount discount) {
      return new OrderDiscount(
          discount.rule().toString(),
          discount.ruleVersion(),
          discount.label(),
          null,
          discount.amount().toPlainString());
    }
  }

  /** Writes an order down. */
  public static OrderResponse of(Order order) {
    PricedCart price = order.price();
    return new OrderResponse(
        order.id().toString(),
        order.number().value(),
        order.status().name().toLowerCase(Locale.ROOT),
        order.customer() == null ? null : order.customer().value(),
        order.version(),
        price.currency().getCurrencyCode(),
        price.subtotal().toPlainString(),
        price.discountTotal().toPlainString(),
        price.shippingTotal().toPlainString(),
        price.taxTotal().toPlainString(),
        price.total().toPlainString(),
        order.refundedTotal().toPlainString(),
        price.lines().stream().map(Line::of).toList(),
        price.discounts().stream().map(OrderDiscount::of).toList(),
        order.metadata().entries(),
        order.placedAt().toString(),
        order.updatedAt().toString());
  }
}
