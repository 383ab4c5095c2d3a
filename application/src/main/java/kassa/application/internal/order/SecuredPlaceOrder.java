package kassa.application.internal.order;

import kassa.application.internal.identity.Authorization;
import kassa.application.internal.pricing.BasketPolicy;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.PlaceOrder;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/**
 * Permission decorator of placing orders: a caller who may not order for others orders for
 * themselves.
 */
public final class SecuredPlaceOrder implements PlaceOrder {

  private final PlaceOrder delegate;
  private final Authorization authorization;
  private final Caller caller;

  public SecuredPlaceOrder(PlaceOrder delegate, Authorization authorization, Caller caller) {
    this.delegate = delegate;
    this.authorization = authorization;
    this.caller = caller;
  }

  /** Secures placing orders for every caller. */
  public static Secured<PlaceOrder> secure(PlaceOrder placeOrder, Authorization authorization) {
    return authorization.requiring(
        Permission.PLACE_ORDERS,
        caller -> new SecuredPlaceOrder(placeOrder, authorization, caller));
  }

  @Override
  public Outcome place(Command command) {
    return redact(delegate.place(authorize(command)));
  }

  Command authorize(Command command) {
    if (command.placedAt() != null) {
      authorization.require(caller, Permission.IMPORT_ORDERS);
    }
    return command.by(
        caller.name(),
        new BasketPolicy(authorization)
            .authorize(command.draft(), caller, Permission.ORDER_FOR_OTHERS));
  }

  /**
   * Removes the pricing trace, which explains why rules apply, for callers who may not order for
   * others.
   */
  Outcome redact(Outcome outcome) {
    if (caller.hasPermission(Permission.ORDER_FOR_OTHERS)) {
      return outcome;
    }
    return switch (outcome) {
      case Outcome.CodesRejected rejected ->
          new Outcome.CodesRejected(rejected.quote().withoutTrace());
      case Outcome.PriceChanged changed -> new Outcome.PriceChanged(changed.quote().withoutTrace());
      default -> outcome;
    };
  }
}
