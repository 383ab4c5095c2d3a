package kassa.domain.rule;

import kassa.domain.money.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A step of a discount that grows with the quantity.
 *
 * @param from the quantity at which it begins, inclusive
 * @param reduction what it does to the price of a unit
 * @param label what the buyer is told it is; the rule's label if {@code null}
 */
public record QuantityTier(Quantity from, Reduction reduction, @Nullable String label) {}
