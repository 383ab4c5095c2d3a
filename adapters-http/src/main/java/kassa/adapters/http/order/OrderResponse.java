package kassa.adapters.http.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.pricing.DiscountResponse;
import kassa.adapters.http.pricing.PricedLineResponse;
import kassa.adapters.http.pricing.RejectionResponse;
import kassa.adapters.http.pricing.ShippingResponse;
import kassa.adapters.http.pricing.TaxRateResponse;
import kassa.adapters.http.pricing.TraceEntryResponse;
import kassa.domain.order.Order;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;

/**
 * Order in a response: amounts as decimal strings in the currency of the order, times in UTC.
 *
 * @param shipping price of shipping; {@code null} without shipping
 * @param taxes tax by tax rate, of lines and shipping
 * @param rejected codes that did not apply, and rules stopped by a limit
 * @param priceHash hash of the price, equal for carts with the same price
 * @param cancelReason reason of the cancellation; may be {@code null}
 * @param trace outcome of each rule; omitted unless requested
 */
public record OrderResponse(
    String id,
    long number,
    String status,
    @Nullable String customerId,
    @Nullable String customerGroup,
    @Nullable String channel,
    int version,
    String currency,
    String subtotal,
    String discountTotal,
    String shippingTotal,
    String taxTotal,
    String total,
    String refundedTotal,
    List<PricedLineResponse> lines,
    List<DiscountResponse> discounts,
    @Nullable ShippingResponse shipping,
    List<TaxRateResponse> taxes,
    List<RejectionResponse> rejected,
    String priceHash,
    Map<String, String> metadata,
    @Nullable String cancelReason,
    String placedAt,
    String updatedAt,
    @JsonInclude(Include.NON_NULL) @Nullable List<TraceEntryResponse> trace) {

  /** Converts an order to its response, without trace. */
  public static OrderResponse of(Order order) {
    return of(order, null);
  }

  /**
   * Converts an order to its response.
   *
   * @param trace outcome of each rule when the order was priced; {@code null} to omit it
   */
  public static OrderResponse of(Order order, @Nullable List<RuleTrace> trace) {
    PricedCart price = order.price();
    return new OrderResponse(
        order.id().toString(),
        order.number().value(),
        EnumNames.of(order.status()),
        order.customer() == null ? null : order.customer().value(),
        order.context().customerGroup(),
        order.context().channel(),
        order.version(),
        price.currency().getCurrencyCode(),
        price.subtotal().toPlainString(),
        price.discountTotal().toPlainString(),
        price.shippingTotal().toPlainString(),
        price.taxTotal().toPlainString(),
        price.total().toPlainString(),
        order.refundedTotal().toPlainString(),
        price.lines().stream().map(PricedLineResponse::of).toList(),
        price.discounts().stream().map(DiscountResponse::of).toList(),
        ShippingResponse.of(price.shipping()),
        TaxRateResponse.of(price),
        order.rejected().stream().map(RejectionResponse::of).toList(),
        price.fingerprint(),
        order.metadata().entries(),
        order.cancelReason(),
        order.placedAt().toString(),
        order.updatedAt().toString(),
        trace == null ? null : TraceEntryResponse.of(trace));
  }
}
