package kassa.application.port.in.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;

/** Why a cart has no price. */
public sealed interface CartRefusal {

  /**
   * Some lines have no price.
   *
   * @param items the lines without a price, and the reasons
   */
  record UnavailableItems(List<UnavailableItem> items) implements CartRefusal {

    public UnavailableItems {
      items = List.copyOf(items);
    }
  }

  /**
   * The cart is invalid with its catalogue prices.
   *
   * @param reason why the cart is invalid
   */
  record InvalidCart(InvalidValueException reason) implements CartRefusal {}
}
