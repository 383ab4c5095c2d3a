package kassa.adapters.http.pricing;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.problem.Problem;
import kassa.application.port.in.pricing.UnavailableItem;
import kassa.domain.InvalidValueException;

/** The problems of carts that cannot be priced. */
public final class CartProblems {

  private CartProblems() {}

  /** Some lines have no price. */
  public static Problem unavailableItems(List<UnavailableItem> items) {
    Faults faults = new Faults();
    for (UnavailableItem item : items) {
      faults.invalid(
          "/lines/" + item.itemIndex() + "/sku",
          EnumNames.of(item.reason()),
          detailOf(item.reason()));
    }
    return Problem.of(faults);
  }

  /** With the prices of the catalogue it is no cart. */
  public static Problem invalidCart(InvalidValueException reason) {
    Faults faults = new Faults();
    faults.invalid("/lines", EnumNames.of(reason.reason()), String.valueOf(reason.getMessage()));
    return Problem.of(faults);
  }

  private static String detailOf(UnavailableItem.Reason reason) {
    return switch (reason) {
      case UNKNOWN_PRODUCT -> "the catalogue has no such product; send its unitPrice, or create it";
      case INACTIVE_PRODUCT -> "the product is not sold at present";
      case CURRENCY_MISMATCH -> "the product is sold in another currency";
    };
  }
}
