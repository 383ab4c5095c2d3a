package kassa.application.internal.pricing;

import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.identity.UserId;
import kassa.domain.pricing.Customer;

/** Looks at what a caller says in a basket, and whether they may say it. */
public final class BasketPolicy {

  private final Authorization authorization;

  public BasketPolicy(Authorization authorization) {
    this.authorization = authorization;
  }

  /**
   * The basket, for the caller themselves if they may not order for others.
   *
   * @param orderCountPermission what the caller needs to say how many orders the customer has
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
   * There is no catalogue of what it costs to bring something, so that even an amount of nothing is
   * a price. The prices of the catalogue do not contain their tax: whoever says that they do has it
   * for less.
   */
  private static boolean setsPrices(CartDraft draft) {
    return draft.shipping() != null
        || draft.pricesIncludeTax()
        || draft.items().stream().anyMatch(Item.Priced.class::isInstance);
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
