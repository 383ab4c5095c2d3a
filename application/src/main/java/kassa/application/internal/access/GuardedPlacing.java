package kassa.application.internal.access;

import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.PlaceOrder;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Places orders for one caller; who may not order for others orders for themselves. */
public final class GuardedPlacing implements PlaceOrder {

  private final PlaceOrder placing;
  private final Access access;
  private final Caller caller;

  public GuardedPlacing(PlaceOrder placing, Access access, Caller caller) {
    this.placing = placing;
    this.access = access;
    this.caller = caller;
  }

  @Override
  public Outcome place(Command command, @Nullable KeyedCall<Order> call) {
    return told(placing.place(admitted(command), call));
  }

  Command admitted(Command command) {
    return new Command(
        new Baskets(access).admitted(command.basket(), caller, Permission.ORDER_FOR_OTHERS),
        command.expectedTotal(),
        command.priceHash(),
        command.dropInvalidCodes());
  }

  /** What the caller is told: not why rules apply, if they order for themselves alone. */
  Outcome told(Outcome outcome) {
    if (caller.may(Permission.ORDER_FOR_OTHERS)) {
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
