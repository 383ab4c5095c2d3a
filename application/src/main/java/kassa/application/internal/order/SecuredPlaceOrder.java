package kassa.application.internal.order;

import kassa.application.idempotency.IdempotentRequest;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.pricing.BasketPolicy;
import kassa.application.port.in.order.PlaceOrder;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Places orders for one caller; who may not order for others orders for themselves. */
public final class SecuredPlaceOrder implements PlaceOrder {

  private final PlaceOrder delegate;
  private final Authorization authorization;
  private final Caller caller;

  public SecuredPlaceOrder(PlaceOrder placeOrder, Authorization authorization, Caller caller) {
    this.delegate = placeOrder;
    this.authorization = authorization;
    this.caller = caller;
  }

  @Override
  public Outcome place(Command command, @Nullable IdempotentRequest<Order> request) {
    return redact(delegate.place(authorize(command), request));
  }

  Command authorize(Command command) {
    return new Command(
        new BasketPolicy(authorization)
            .authorize(command.draft(), caller, Permission.ORDER_FOR_OTHERS),
        command.expectedTotal(),
        command.priceHash(),
        command.dropInvalidCodes());
  }

  /** What the caller is told: not why rules apply, if they order for themselves alone. */
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
