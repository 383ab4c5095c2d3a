package kassa.application.internal.pricing;

import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/**
 * Quotes for one caller. Only who may try out says for when, under which rules and for how many
 * orders of the customer; who may not order for others is told what they save and not why.
 */
public final class SecuredQuoteCart implements QuoteCart {

  private final QuoteCart delegate;
  private final Authorization authorization;
  private final Caller caller;

  public SecuredQuoteCart(QuoteCart quoteCart, Authorization authorization, Caller caller) {
    this.delegate = quoteCart;
    this.authorization = authorization;
    this.caller = caller;
  }

  @Override
  public Outcome quote(Command command) {
    if (command.at() != null || command.whatIfRules() != null || command.policy() != null) {
      authorization.require(caller, Permission.TRY_OUT);
    }
    Outcome outcome =
        delegate.quote(
            new Command(
                new BasketPolicy(authorization)
                    .authorize(command.draft(), caller, Permission.TRY_OUT),
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
