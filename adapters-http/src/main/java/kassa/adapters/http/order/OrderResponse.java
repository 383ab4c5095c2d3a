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
import kassa.adapters.http.pricing.TraceEntryResponse;
import kassa.domain.order.Order;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is answered: money as decimal strings of the order's currency, times in UTC.
 *
 * @param shipping {@code null} if the goods are not brought
 * @param rejected the codes that brought nothing, and the rules that a limit stopped
 * @param priceHash the same for two carts of the same price
 * @param cancelReason why it was cancelled, if it was and somebody said
 * @param trace what became of each rule; left out unless it is asked for
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
    List<RejectionResponse> rejected,
    String priceHash,
    Map<String, String> metadata,
    @Nullable String cancelReason,
    String placedAt,
    String updatedAt,
    @JsonInclude(Include.NON_NULL) @Nullable List<TraceEntryResponse> trace) {

  /** Writes an order down. */
  public static OrderResponse of(Order order) {
    return of(order, null);
  }

  /**
   * Writes an order down.
   *
   * @param trace what became of each rule when it was priced, if that is to be told
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
        order.rejected().stream().map(RejectionResponse::of).toList(),
        price.fingerprint(),
        order.metadata().entries(),
        order.cancelReason(),
        order.placedAt().toString(),
        order.updatedAt().toString(),
        trace == null ? null : TraceEntryResponse.of(trace));
  }
}
