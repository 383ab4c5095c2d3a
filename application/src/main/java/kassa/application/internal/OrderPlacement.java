package kassa.application.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.internal.CartPricing.Filled;
import kassa.application.internal.CartPricing.Priced;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderContext;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.redemption.Redemption;
import kassa.domain.redemption.Usages;
import org.jspecify.annotations.Nullable;

/** Places orders: price, decide, keep. */
public final class OrderPlacement implements PlaceOrder {

  /** How often an order is priced anew because somebody else has taken what was left of a limit. */
  private static final int MOST_ATTEMPTS = 20;

  private final OrderStore orders;
  private final CartPricing pricing;
  private final RuleBook rules;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public OrderPlacement(
      OrderStore orders,
      CartPricing pricing,
      RuleBook rules,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.orders = orders;
    this.pricing = pricing;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome place(Command command) {
    return switch (pricing.fill(command.basket())) {
      case Filled.Unsellable unsellable -> new Outcome.Unsellable(unsellable.items());
      case Filled.NoCart noCart -> new Outcome.NoCart(noCart.reason());
      case Filled.Full full -> place(command, full.cart());
    };
  }

  private Outcome place(Command command, Cart cart) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      RuleSet set = rules.current();
      Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
      Priced priced = pricing.price(command.basket(), cart, at, set);
      Outcome refusal = refusal(command, priced.quote());
      if (refusal != null) {
        return refusal;
      }
      if (orders.accept(order(command, priced, set, at)) instanceof Acceptance.Accepted accepted) {
        return new Outcome.Placed(accepted.order());
      }
    }
    return new Outcome.Contended();
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

  private NewOrder order(Command command, Priced priced, RuleSet set, Instant at) {
    List<Redemption> redemptions = Usages.redemptions(priced.quote(), set);
    String customer = command.basket().customer().id();
    return new NewOrder(
        new OrderId(ids.get()),
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
