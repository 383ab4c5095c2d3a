package kassa.application.internal.access;

import kassa.application.internal.BoundedFanOut;
import kassa.application.internal.JointPlacement;
import kassa.application.internal.OrderProcessing;
import kassa.application.internal.identity.SessionKeeping;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.FindOrder;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.IssueCodes;
import kassa.application.port.in.ManageSessions;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.in.QuoteCart;
import kassa.application.port.in.WriteRules;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Stands in front of the use-cases of which different callers may do different things. */
public final class Guards {

  private final Access access;

  public Guards(Access access) {
    this.access = access;
  }

  public ByCaller<QuoteCart> of(QuoteCart quoting) {
    return access.needing(
        Permission.PLACE_ORDERS, caller -> new GuardedQuoting(quoting, access, caller));
  }

  public ByCaller<PlaceOrder> of(PlaceOrder placing) {
    return access.needing(Permission.PLACE_ORDERS, caller -> placing(placing, caller));
  }

  /** Those that are placed each for itself pass the guard one by one. */
  public ByCaller<ProcessOrders> of(
      PlaceOrder placing, JointPlacement together, BoundedFanOut fanOut) {
    return access.needing(
        Permission.PLACE_ORDERS,
        caller -> {
          GuardedPlacing guard = placing(placing, caller);
          return new GuardedProcessing(new OrderProcessing(guard, together, fanOut), guard);
        });
  }

  public ByCaller<FindOrders> of(FindOrders orders) {
    return caller ->
        caller.may(Permission.SEE_ALL_ORDERS)
            ? orders
            : own(orders, caller, Permission.SEE_ALL_ORDERS);
  }

  /** Who may change orders finds them for that, whether or not they may read all of them. */
  public ByCaller<FindOrder> toChange(FindOrders orders) {
    return caller ->
        caller.may(Permission.MOVE_ORDERS) ? orders : own(orders, caller, Permission.MOVE_ORDERS);
  }

  /** The given use-case moves all orders, in the name of a caller. */
  public ByCaller<MoveOrder> of(FindOrders orders, ByCaller<MoveOrder> moving) {
    return caller ->
        caller.may(Permission.MOVE_ORDERS)
            ? moving.by(caller)
            : new OwnOrdersMoving(
                moving.by(caller), own(orders, caller, Permission.MOVE_ORDERS), access, caller);
  }

  public ByCaller<WriteRules> of(WriteRules rules) {
    return access.needing(
        Permission.SEE_RULES,
        caller ->
            caller.may(Permission.WRITE_RULES) ? rules : new RulesToRead(rules, access, caller));
  }

  public ByCaller<IssueCodes> of(IssueCodes codes) {
    return access.needing(
        Permission.SEE_RULES,
        caller ->
            caller.may(Permission.WRITE_RULES) ? codes : new CodesToRead(codes, access, caller));
  }

  /** Only people who signed in have sessions. */
  public ByCaller<ManageSessions> of(SessionKeeping sessions) {
    return caller -> {
      access.require(caller, Permission.OWN_SESSIONS);
      if (caller instanceof Caller.SignedIn signedIn) {
        return sessions.of(signedIn);
      }
      throw access.denied(caller, Permission.OWN_SESSIONS);
    };
  }

  private GuardedPlacing placing(PlaceOrder placing, Caller caller) {
    return new GuardedPlacing(placing, access, caller);
  }

  private OwnOrders own(FindOrders orders, Caller caller, Permission toHaveAll) {
    if (!caller.may(Permission.SEE_OWN_ORDERS)) {
      throw access.denied(caller, toHaveAll);
    }
    return new OwnOrders(
        orders, caller.person().orElseThrow(() -> access.denied(caller, toHaveAll)));
  }
}
