package kassa.domain.pricing;

import java.util.List;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;

/** Tells what would have to be added for a better price. */
public final class NextTiers {

  private NextTiers() {}

  /** What would have to be added to a line, and what the order would cost then. */
  public record NextTier(Sku sku, int line, Quantity addQuantity, String label, Money newTotal) {}

  /** What would have to be added for a better price. */
  public static List<NextTier> of(PricingRequest request, RuleSet rules, Quote quote) {
    return List.of();
  }
}
