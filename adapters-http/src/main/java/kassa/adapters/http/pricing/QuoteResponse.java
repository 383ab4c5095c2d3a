package kassa.adapters.http.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import kassa.application.port.in.pricing.QuoteCart.Outcome.Quoted;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Quote;
import org.jspecify.annotations.Nullable;

/**
 * Quote: the price of a cart, with amounts as decimal strings in its currency.
 *
 * @param shipping price of shipping; {@code null} without shipping
 * @param taxes tax by tax rate, of lines and shipping
 * @param rejected codes that do not apply, and rules stopped by a limit
 * @param nextTiers hints about the next discount tiers; omitted in problems
 * @param priceHash hash of the price, equal for carts with the same price
 * @param trace outcome of each rule; omitted unless requested
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
    List<TaxRateResponse> taxes,
    List<RejectionResponse> rejected,
    @JsonInclude(Include.NON_NULL) @Nullable List<NextTierResponse> nextTiers,
    String priceHash,
    @JsonInclude(Include.NON_NULL) @Nullable List<TraceEntryResponse> trace) {

  /** Maximum number of units of all lines together for which unit discounts are returned. */
  public static final int MAX_UNITS = 10_000;

  /**
   * Optional parts of a quote.
   *
   * @param trace whether to include the outcome of each rule
   * @param units whether to include unit discounts; for at most {@value #MAX_UNITS} units
   */
  public record Detail(boolean trace, boolean units) {}

  /** Converts a quote to its response, without trace, unit discounts and tier hints. */
  public static QuoteResponse of(Quote quote) {
    return of(quote, lines(quote.price(), false), null, null);
  }

  /** Converts a quote to its response. */
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
        TaxRateResponse.of(price),
        quote.rejected().stream().map(RejectionResponse::ofQuote).toList(),
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
