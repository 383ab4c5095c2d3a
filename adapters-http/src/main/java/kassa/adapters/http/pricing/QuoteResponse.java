package kassa.adapters.http.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import kassa.application.port.in.pricing.QuoteCart.Outcome.Quoted;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Quote;
import org.jspecify.annotations.Nullable;

/**
 * What a cart costs: money as decimal strings of its currency.
 *
 * @param shipping {@code null} if the goods are not brought
 * @param rejected the codes that bring nothing, and the rules that a limit stopped
 * @param nextTiers what would have to be added for a better price; left out of problems
 * @param priceHash the same for two carts of the same price
 * @param trace what became of each rule; left out unless it is asked for
 */
public record QuoteResponse(
    String currency,
    String subtotal,
    String discountTotal,
    String shippingTotal,
    String taxTotal,
    String total,
    List<PricedLineResponse> lines,
    List<DiscountResponse> discounts,
    @Nullable ShippingResponse shipping,
    List<RejectionResponse> rejected,
    @JsonInclude(Include.NON_NULL) @Nullable List<NextTierResponse> nextTiers,
    String priceHash,
    @JsonInclude(Include.NON_NULL) @Nullable List<TraceEntryResponse> trace) {

  /** The most units that are told of, of all lines together. */
  public static final int MAX_UNITS = 10_000;

  /**
   * What is told of a quote beside the price.
   *
   * @param trace whether what became of each rule is told
   * @param units whether what came off each unit is told; of {@value #MAX_UNITS} at most
   */
  public record Detail(boolean trace, boolean units) {}

  /** Writes the price alone down. */
  public static QuoteResponse of(Quote quote) {
    return of(quote, lines(quote.price(), false), null, null);
  }

  /** Writes a quote down. */
  public static QuoteResponse of(Quoted quoted, Detail detail) {
    Quote quote = quoted.quote();
    return of(
        quote,
        lines(quote.price(), detail.units()),
        quoted.nextTiers().stream().map(NextTierResponse::of).toList(),
        detail.trace() ? TraceEntryResponse.of(quote.trace()) : null);
  }

  private static QuoteResponse of(
      Quote quote,
      List<PricedLineResponse> lines,
      @Nullable List<NextTierResponse> nextTiers,
      @Nullable List<TraceEntryResponse> trace) {
    PricedCart price = quote.price();
    return new QuoteResponse(
        price.currency().getCurrencyCode(),
        price.subtotal().toPlainString(),
        price.discountTotal().toPlainString(),
        price.shippingTotal().toPlainString(),
        price.taxTotal().toPlainString(),
        price.total().toPlainString(),
        lines,
        price.discounts().stream().map(DiscountResponse::of).toList(),
        ShippingResponse.of(price.shipping()),
        quote.rejected().stream().map(RejectionResponse::of).toList(),
        nextTiers,
        price.fingerprint(),
        trace);
  }

  private static List<PricedLineResponse> lines(PricedCart price, boolean units) {
    return price.lines().stream()
        .map(line ->
            units ? PricedLineResponse.withUnits(line, MAX_UNITS) : PricedLineResponse.of(line))
        .toList();
  }
}
