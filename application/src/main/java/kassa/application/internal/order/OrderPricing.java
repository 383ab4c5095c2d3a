package kassa.application.internal.order;

import java.time.Instant;
import java.util.List;
import kassa.application.internal.pricing.CartPricing;
import kassa.application.internal.pricing.CartPricing.CartResolution;
import kassa.application.internal.pricing.CartPricing.QuotedRequest;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.domain.InvalidValueException;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderContext;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.SkipReason;
import kassa.domain.usage.LimitUsage;
import kassa.domain.usage.Redemption;
import org.jspecify.annotations.Nullable;

/** Prices orders to place, and refuses those that cannot be placed. */
public final class OrderPricing {

  /** Maximum number of pricing attempts when concurrent orders use up a limit. */
  static final int MAX_ATTEMPTS = 20;

  private final CartPricing pricing;

  public OrderPricing(CartPricing pricing) {
    this.pricing = pricing;
  }

  /** Result of pricing an order. */
  public sealed interface Result {

    /** The order is priced and can be stored. */
    record Priced(NewOrder order) implements Result {}

    /** The order is refused. */
    record Refused(Outcome outcome) implements Result {}
  }

  /**
   * Prices an order.
   *
   * @param at the instant of the price, to the microsecond
   * @param set the rules to apply
   */
  public Result price(Command command, OrderId id, Instant at, RuleSet set) {
    return switch (pricing.resolve(command.draft())) {
      case CartResolution.Refused(CartRefusal refusal) ->
          new Result.Refused(new Outcome.CartRefused(refusal));
      case CartResolution.Resolved full -> {
        try {
          QuotedRequest priced = pricing.price(command.draft(), full.cart(), at, set);
          Quote quote = quote(command, priced);
          Outcome refusal = refusal(command, quote);
          yield refusal == null
              ? new Result.Priced(
                  order(command, new QuotedRequest(priced.request(), quote), set, id, at))
              : new Result.Refused(refusal);
        } catch (InvalidValueException tooManyDiscounts) {
          yield new Result.Refused(
              new Outcome.CartRefused(new CartRefusal.InvalidCart(tooManyDiscounts)));
        }
      }
    };
  }

  /** Returns the quote, which tells of an order of the past why its codes do not apply. */
  private static Quote quote(Command command, QuotedRequest priced) {
    return command.placedAt() == null
        ? priced.quote()
        : priced.quote().withCodesRejected(SkipReason.PLACED_IN_PAST);
  }

  private static @Nullable Outcome refusal(Command command, Quote quote) {
    if (!command.dropInvalidCodes() && rejectsCode(quote)) {
      return new Outcome.CodesRejected(quote);
    }
    boolean isTotalDifferent =
        command.expectedTotal() != null && !command.expectedTotal().equals(quote.price().total());
    boolean isPriceDifferent =
        command.priceHash() != null && !command.priceHash().equals(quote.price().fingerprint());
    return isTotalDifferent || isPriceDifferent ? new Outcome.PriceChanged(quote) : null;
  }

  private static boolean rejectsCode(Quote quote) {
    return !quote.rejected().isEmpty()
        && quote.rejected().stream().anyMatch(rejection -> rejection.code() != null);
  }

  private static NewOrder order(
      Command command, QuotedRequest priced, RuleSet set, OrderId id, Instant at) {
    List<Redemption> redemptions = LimitUsage.redemptions(priced.quote(), set);
    String customer = command.draft().customer().id();
    return new NewOrder(
        id,
        new OrderContent(
            customer == null ? null : new CustomerId(customer),
            new OrderContext(command.draft().channel(), command.draft().customer().group()),
            priced.quote().price(),
            priced.quote().rejected(),
            command.draft().metadata(),
            at),
        priced.quote().trace(),
        redemptions,
        LimitUsage.reservations(redemptions, priced.request(), set));
  }
}
