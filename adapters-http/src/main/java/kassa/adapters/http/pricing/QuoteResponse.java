package kassa.adapters.http.pricing;

import java.util.List;
import kassa.application.port.in.pricing.QuoteCart.Outcome.Quoted;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.engine.NextTierHints.NextTier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Quote in a response: the price of a cart, with amounts as decimal strings in its currency.
 *
 * @param nextTiers hints about the next discount tiers; {@code null} to omit them, in problems
 */
@JsonSerialize(using = QuoteJson.class)
public record QuoteResponse(Quote quote, @Nullable List<NextTier> nextTiers, Detail detail) {

  /** Maximum number of units of all lines together for which unit discounts are returned. */
  public static final int MAX_UNITS = 10_000;

  /**
   * Optional parts of a quote.
   *
   * @param trace whether to include the outcome of each rule
   * @param units whether to include unit discounts; for at most {@value #MAX_UNITS} units
   */
  public record Detail(boolean trace, boolean units) {}

  /** A quote without trace, unit discounts and tier hints. */
  public static QuoteResponse of(Quote quote) {
    return new QuoteResponse(quote, null, new Detail(false, false));
  }

  /** A quote with its tier hints. */
  public static QuoteResponse of(Quoted quoted, Detail detail) {
    return new QuoteResponse(quoted.quote(), quoted.nextTiers(), detail);
  }
}
