package kassa.application.internal.access;

import kassa.application.port.in.QuoteCart;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/**
 * Quotes for one caller. Only who may try out says for when, under which rules and for how many
 * orders of the customer; who may not order for others is told what they save and not why.
 */
public final class GuardedQuoting implements QuoteCart {

  private final QuoteCart quoting;
  private final Access access;
  private final Caller caller;

  public GuardedQuoting(QuoteCart quoting, Access access, Caller caller) {
    this.quoting = quoting;
    this.access = access;
    this.caller = caller;
  }

  @Override
  public Outcome quote(Command command) {
    if (command.at() != null || command.rules() != null || command.policy() != null) {
      access.require(caller, Permission.TRY_OUT);
    }
    Outcome outcome =
        quoting.quote(
            new Command(
                new Baskets(access).admitted(command.basket(), caller, Permission.TRY_OUT),
                command.at(),
                command.rules(),
                command.policy()));
    return caller.may(Permission.ORDER_FOR_OTHERS) ? outcome : withoutReasons(outcome);
  }

  private static Outcome withoutReasons(Outcome outcome) {
    return outcome instanceof Outcome.Quoted quoted
        ? new Outcome.Quoted(quoted.quote().withoutTrace(), quoted.nextTiers())
        : outcome;
  }
}
