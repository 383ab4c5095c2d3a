package kassa.application.internal.pricing;

import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.identity.UserId;
import kassa.domain.pricing.Customer;

/** Permission checks of the contents of a cart draft. */
public final class BasketPolicy {

  private final Authorization authorization;

  public BasketPolicy(Authorization authorization) {
    this.authorization = authorization;
  }

  /**
   * Checks the permissions for a cart draft and returns it; callers who may not order for others
   * become its customer.
   *
   * @param orderCountPermission the permission to set the number of orders of the customer
   * @throws kassa.application.port.in.AccessDeniedException if a permission is missing
   */
  public CartDraft authorize(CartDraft draft, Caller caller, Permission orderCountPermission) {
    authorization.require(caller, Permission.PLACE_ORDERS);
    if (setsPrices(draft)) {
      authorization.require(caller, Permission.SET_PRICES);
    }
    if (draft.customer().orderCount() != null) {
      authorization.require(caller, orderCountPermission);
    }
    return caller.hasPermission(Permission.ORDER_FOR_OTHERS) ? draft : forCallerOnly(draft, caller);
  }

  /**
   * Returns whether the draft sets prices. The catalogue has no shipping costs, so shipping is a
   * price even if it is zero. Catalogue prices do not include tax: a draft that says they do lowers
   * the price.
   */
  private static boolean setsPrices(CartDraft draft) {
    if (draft.shipping() != null || draft.pricesIncludeTax()) {
      return true;
    }
    for (Item item : draft.items()) {
      if (item instanceof Item.Priced) {
        return true;
      }
    }
    return false;
  }

  private CartDraft forCallerOnly(CartDraft draft, Caller caller) {
    String id =
        caller
            .userId()
            .map(UserId::toString)
            .orElseThrow(() -> authorization.denied(caller, Permission.ORDER_FOR_OTHERS));
    Customer customer = draft.customer();
    if ((customer.id() != null && !customer.id().equals(id)) || customer.group() != null) {
      throw authorization.denied(caller, Permission.ORDER_FOR_OTHERS);
    }
    return draft.withCustomer(new Customer(id, null, null));
  }
}
