package kassa.application.internal.access;

import kassa.application.port.in.Basket;
import kassa.application.port.in.Basket.Item;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.identity.UserId;
import kassa.domain.pricing.Customer;

/** Looks at what a caller says in a basket, and whether they may say it. */
final class Baskets {

  private final Access access;

  Baskets(Access access) {
    this.access = access;
  }

  /**
   * The basket, for the caller themselves if they may not order for others.
   *
   * @param toCount what the caller needs to say how many orders the customer has
   */
  Basket admitted(Basket basket, Caller caller, Permission toCount) {
    access.require(caller, Permission.PLACE_ORDERS);
    if (saysWhatItCosts(basket)) {
      access.require(caller, Permission.SET_PRICES);
    }
    if (basket.customer().orderCount() != null) {
      access.require(caller, toCount);
    }
    return caller.may(Permission.ORDER_FOR_OTHERS) ? basket : own(basket, caller);
  }

  /**
   * There is no catalogue of what it costs to bring something, so that even an amount of nothing is
   * a price. The prices of the catalogue do not contain their tax: whoever says that they do has it
   * for less.
   */
  private static boolean saysWhatItCosts(Basket basket) {
    return basket.shipping() != null
        || basket.pricesIncludeTax()
        || basket.items().stream().anyMatch(Item.Priced.class::isInstance);
  }

  private Basket own(Basket basket, Caller caller) {
    String id =
        caller
            .person()
            .map(UserId::toString)
            .orElseThrow(() -> access.denied(caller, Permission.ORDER_FOR_OTHERS));
    Customer said = basket.customer();
    if ((said.id() != null && !said.id().equals(id)) || said.group() != null) {
      throw access.denied(caller, Permission.ORDER_FOR_OTHERS);
    }
    return basket.of(new Customer(id, null, null));
  }
}
