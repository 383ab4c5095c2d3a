package kassa.adapters.http.order;

import java.math.BigDecimal;
import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.Refund;
import org.jspecify.annotations.Nullable;

/**
 * Refund of an order: amounts as decimal strings in the currency of the order, times in UTC.
 *
 * @param version version of the order after the refund; {@code null} for a dry run
 * @param actor who made the refund; {@code null} if unknown
 * @param reason reason of the refund; may be {@code null}
 * @param lines the refunded products and the amounts paid for them
 * @param amount refund that is independent of products
 * @param shipping refund of shipping, with tax
 * @param shippingTax the tax in {@code shipping}
 * @param tax the tax in {@code total}
 * @param total total of this refund, with tax
 * @param refundedTotal total of all refunds of the order up to this one
 */
public record RefundResponse(
    String orderId,
    @Nullable Integer version,
    String at,
    @Nullable String actor,
    @Nullable String reason,
    String currency,
    List<Line> lines,
    String amount,
    String shipping,
    String shippingTax,
    String tax,
    String total,
    String refundedTotal) {

  /**
   * Refunded quantity of one product.
   *
   * @param quantity the quantity, with at most three decimal places
   * @param amount the amount paid for it, with tax
   * @param tax the tax in the amount
   */
  public record Line(String sku, BigDecimal quantity, String amount, String tax) {}

  /**
   * Converts a refund to its response.
   *
   * @param after the order after the refund
   */
  public static RefundResponse of(Refund refund, Order after) {
    return of(refund, refund.version(), after.id(), after.refundedTotal());
  }

  /**
   * Converts the preview of a refund (dry run) to its response.
   *
   * @param after the order as it would be after the refund
   */
  public static RefundResponse ofDryRun(Refund refund, Order after) {
    return of(refund, null, after.id(), after.refundedTotal());
  }

  static RefundResponse of(
      Refund refund, @Nullable Integer version, OrderId order, Money refundedTotal) {
    return new RefundResponse(
        order.toString(),
        version,
        refund.at().toString(),
        refund.actor(),
        refund.reason(),
        refundedTotal.currency().getCurrencyCode(),
        refund.lines().stream()
            .map(line ->
                new Line(
                    line.sku().value(),
                    Quantity.toBigDecimal(line.thousandths()),
                    line.amount().toPlainString(),
                    line.tax().toPlainString()))
            .toList(),
        refund.amount().toPlainString(),
        refund.shipping().toPlainString(),
        refund.shippingTax().toPlainString(),
        refund.tax().toPlainString(),
        refund.total().toPlainString(),
        refundedTotal.toPlainString());
  }
}
