package kassa.application.internal.pricing;

import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/**
 * Permission decorator of quotes. The time, what-if rules, the policy and the number of orders of
 * the customer require the permission to try out. Callers who may not order for others see their
 * discounts, but not the pricing trace.
 */
public final class SecuredQuoteCart implements QuoteCart {

  private final QuoteCart delegate;
  private final Authorization authorization;
  private final Caller caller;

  public SecuredQuoteCart(QuoteCart delegate, Authorization authorization, Caller caller) {
    this.delegate = delegate;
    this.authorization = authorization;
    this.caller = caller;
  }

  /** Secures pricing carts for every caller. */
  public static Secured<QuoteCart> secure(QuoteCart quoteCart, Authorization authorization) {
    return authorization.requiring(
        Permission.PLACE_ORDERS, caller -> new SecuredQuoteCart(quoteCart, authorization, caller));
  }

  @Override
  public Outcome quote(Command command) {
    if (command.at() != null || command.whatIfRules() != null || command.policy() != null) {
      authorization.require(caller, Permission.CREATE_WHAT_IF_QUOTES);
    }
    Outcome outcome =
        delegate.quote(
            new Command(
                new BasketPolicy(authorization)
                    .authorize(command.draft(), caller, Permission.CREATE_WHAT_IF_QUOTES),
                command.at(),
                command.whatIfRules(),
                command.policy()));
    return caller.hasPermission(Permission.ORDER_FOR_OTHERS) ? outcome : withoutTrace(outcome);
  }

  private static Outcome withoutTrace(Outcome outcome) {
    return outcome instanceof Outcome.Quoted quoted
        ? new Outcome.Quoted(quoted.quote().withoutTrace(), quoted.nextTiers())
        : outcome;
  }
}
