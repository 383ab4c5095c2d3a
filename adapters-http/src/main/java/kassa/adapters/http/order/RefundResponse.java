package kassa.adapters.http.order;

import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.Refund;
import org.jspecify.annotations.Nullable;

/**
 * What was given back for an order: money as decimal strings of the order's currency, times in UTC.
 *
 * @param version that of the order after it; {@code null} if it was only tried out
 * @param actor who did it, if that is known
 * @param reason why, if somebody said
 * @param lines the units that came back, and what had been paid for them
 * @param amount what was given back without any unit
 * @param shipping what was given back of shipping
 * @param total all of it
 * @param refundedTotal all that was given back for the order up to then
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
    String total,
    String refundedTotal) {

  /**
   * Units that came back.
   *
   * @param quantity how many; a part of a unit counts as one
   * @param amount what had been paid for them
   */
  public record Line(String sku, long quantity, String amount) {}

  /**
   * Writes a refund down.
   *
   * @param after the order after it
   */
  public static RefundResponse of(Refund refund, Order after) {
    return of(refund, refund.version(), after.id(), after.refundedTotal());
  }

  /**
   * Writes down what would be given back.
   *
   * @param after the order as it would be
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
            .map(line -> new Line(line.sku().value(), line.units(), line.amount().toPlainString()))
            .toList(),
        refund.amount().toPlainString(),
        refund.shipping().toPlainString(),
        refund.total().toPlainString(),
        refundedTotal.toPlainString());
  }
}
