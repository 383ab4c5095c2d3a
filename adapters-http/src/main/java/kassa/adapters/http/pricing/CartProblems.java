package kassa.adapters.http.pricing;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.problem.Problem;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.application.port.in.pricing.UnavailableItem;
import kassa.domain.InvalidValueException;
import kassa.domain.json.Violations;

/** Problems of carts that cannot be priced. */
public final class CartProblems {

  private CartProblems() {}

  /** Returns the problem of a cart that has no price. */
  public static Problem refused(CartRefusal refusal) {
    Violations violations = new Violations();
    switch (refusal) {
      case CartRefusal.UnavailableItems(List<UnavailableItem> items) -> {
        for (UnavailableItem item : items) {
          violations.addInvalid(
              "/lines/" + item.itemIndex() + "/sku",
              EnumNames.of(item.reason()),
              detailOf(item.reason()));
        }
      }
      case CartRefusal.InvalidCart(InvalidValueException reason) ->
          violations.addInvalid("/lines", reason);
    }
    return Problem.of(violations);
  }

  private static String detailOf(UnavailableItem.Reason reason) {
    return switch (reason) {
      case UNKNOWN_PRODUCT ->
          "the catalogue has no product with this SKU; send unitPrice or create the product";
      case INACTIVE_PRODUCT -> "the product is inactive";
      case CURRENCY_MISMATCH -> "the price of the product is in another currency";
    };
  }
}
