package kassa.application.internal;

import java.time.Instant;
import java.util.List;
import kassa.application.internal.CartPricing.Filled;
import kassa.application.internal.CartPricing.Priced;
import kassa.application.port.in.PlaceOrder.Command;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderContext;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.redemption.Redemption;
import kassa.domain.redemption.Usages;
import org.jspecify.annotations.Nullable;

/** Makes orders of what is to be placed, or says why there can be none. */
public final class OrderPricing {

  /** How often an order is priced anew because somebody else has taken what was left of a limit. */
  static final int MOST_ATTEMPTS = 20;

  private final CartPricing pricing;

  public OrderPricing(CartPricing pricing) {
    this.pricing = pricing;
  }

  /** What came of it. */
  public sealed interface Result {

    /** There is a price that may be kept. */
    record Priced(NewOrder order) implements Result {}

    /** There is none. */
    record Refused(Outcome outcome) implements Result {}
  }

  /** Prices under these rules, as of a time to the microsecond. */
  public Result price(Command command, OrderId id, Instant at, RuleSet set) {
    return switch (pricing.fill(command.basket())) {
      case Filled.Unsellable unsellable ->
          new Result.Refused(new Outcome.Unsellable(unsellable.items()));
      case Filled.NoCart noCart -> new Result.Refused(new Outcome.NoCart(noCart.reason()));
      case Filled.Full full -> {
        Priced priced = pricing.price(command.basket(), full.cart(), at, set);
        Outcome refusal = refusal(command, priced.quote());
        yield refusal == null
            ? new Result.Priced(order(command, priced, set, id, at))
            : new Result.Refused(refusal);
      }
    };
  }

  private static @Nullable Outcome refusal(Command command, Quote quote) {
    boolean codeRejected =
        quote.rejected().stream().anyMatch(rejection -> rejection.code() != null);
    if (codeRejected && !command.dropInvalidCodes()) {
      return new Outcome.CodesRejected(quote);
    }
    boolean otherTotal =
        command.expectedTotal() != null && !command.expectedTotal().equals(quote.price().total());
    boolean otherPrice =
        command.priceHash() != null && !command.priceHash().equals(quote.price().fingerprint());
    return otherTotal || otherPrice ? new Outcome.PriceChanged(quote) : null;
  }

  private static NewOrder order(
      Command command, Priced priced, RuleSet set, OrderId id, Instant at) {
    List<Redemption> redemptions = Usages.redemptions(priced.quote(), set);
    String customer = command.basket().customer().id();
    return new NewOrder(
        id,
        customer == null ? null : new CustomerId(customer),
        new OrderContext(command.basket().channel(), command.basket().customer().group()),
        priced.quote().price(),
        priced.quote().rejected(),
        priced.quote().trace(),
        redemptions,
        Usages.claims(redemptions, priced.request(), set),
        command.basket().metadata(),
        at);
  }
}
