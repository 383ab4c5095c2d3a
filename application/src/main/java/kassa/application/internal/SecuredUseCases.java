package kassa.application.internal;

import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.identity.SessionService;
import kassa.application.internal.order.AtomicBatchPlacement;
import kassa.application.internal.order.BatchPlacement;
import kassa.application.internal.order.OwnerScopedOrders;
import kassa.application.internal.order.SecuredChangeOrderStatus;
import kassa.application.internal.order.SecuredPlaceOrder;
import kassa.application.internal.order.SecuredPlaceOrderBatch;
import kassa.application.internal.pricing.SecuredQuoteCart;
import kassa.application.internal.rule.SecuredManageCodes;
import kassa.application.internal.rule.SecuredManageRules;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrder;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.rule.ManageCodes;
import kassa.application.port.in.rule.ManageRules;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Stands in front of the use-cases of which different callers may do different things. */
public final class SecuredUseCases {

  private final Authorization authorization;

  public SecuredUseCases(Authorization authorization) {
    this.authorization = authorization;
  }

  public Secured<QuoteCart> secure(QuoteCart quoteCart) {
    return authorization.requiring(
        Permission.PLACE_ORDERS, caller -> new SecuredQuoteCart(quoteCart, authorization, caller));
  }

  public Secured<PlaceOrder> secure(PlaceOrder placeOrder) {
    return authorization.requiring(
        Permission.PLACE_ORDERS, caller -> securedPlaceOrder(placeOrder, caller));
  }

  /** Those that are placed each for itself pass the guard one by one. */
  public Secured<PlaceOrderBatch> secure(
      PlaceOrder placeOrder, AtomicBatchPlacement atomicPlacement, BoundedExecutor executor) {
    return authorization.requiring(
        Permission.PLACE_ORDERS,
        caller -> {
          SecuredPlaceOrder guard = securedPlaceOrder(placeOrder, caller);
          return new SecuredPlaceOrderBatch(
              new BatchPlacement(guard, atomicPlacement, executor), guard);
        });
  }

  public Secured<FindOrders> secure(FindOrders orders) {
    return caller ->
        caller.hasPermission(Permission.SEE_ALL_ORDERS)
            ? orders
            : ownerScoped(orders, caller, Permission.SEE_ALL_ORDERS);
  }

  /** Who may change orders finds them for that, whether or not they may read all of them. */
  public Secured<FindOrder> secureFindOrderToChange(FindOrders orders) {
    return caller ->
        caller.hasPermission(Permission.MOVE_ORDERS)
            ? orders
            : ownerScoped(orders, caller, Permission.MOVE_ORDERS);
  }

  /** The given use-case moves all orders, in the name of a caller. */
  public Secured<ChangeOrderStatus> secure(
      FindOrders orders, Secured<ChangeOrderStatus> changeOrderStatus) {
    return caller ->
        caller.hasPermission(Permission.MOVE_ORDERS)
            ? changeOrderStatus.as(caller)
            : new SecuredChangeOrderStatus(
                changeOrderStatus.as(caller),
                ownerScoped(orders, caller, Permission.MOVE_ORDERS),
                authorization,
                caller);
  }

  public Secured<ManageRules> secure(ManageRules rules) {
    return authorization.requiring(
        Permission.SEE_RULES,
        caller ->
            caller.hasPermission(Permission.WRITE_RULES)
                ? rules
                : new SecuredManageRules(rules, authorization, caller));
  }

  public Secured<ManageCodes> secure(ManageCodes codes) {
    return authorization.requiring(
        Permission.SEE_RULES,
        caller ->
            caller.hasPermission(Permission.WRITE_RULES)
                ? codes
                : new SecuredManageCodes(codes, authorization, caller));
  }

  /** Only people who signed in have sessions. */
  public Secured<ManageSessions> secure(SessionService sessions) {
    return caller -> {
      authorization.require(caller, Permission.OWN_SESSIONS);
      if (caller instanceof Caller.SignedIn signedIn) {
        return sessions.as(signedIn);
      }
      throw authorization.denied(caller, Permission.OWN_SESSIONS);
    };
  }

  private SecuredPlaceOrder securedPlaceOrder(PlaceOrder placeOrder, Caller caller) {
    return new SecuredPlaceOrder(placeOrder, authorization, caller);
  }

  private OwnerScopedOrders ownerScoped(
      FindOrders orders, Caller caller, Permission allOrdersPermission) {
    if (!caller.hasPermission(Permission.SEE_OWN_ORDERS)) {
      throw authorization.denied(caller, allOrdersPermission);
    }
    return new OwnerScopedOrders(
        orders,
        caller.userId().orElseThrow(() -> authorization.denied(caller, allOrdersPermission)));
  }
}
