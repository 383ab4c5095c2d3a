package kassa.domain.rule;

import kassa.domain.money.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Tier of a discount by quantity.
 *
 * @param from the threshold, inclusive
 * @param reduction the reduction of the unit price
 * @param label the label of the discount for customers; {@code null} for the label of the rule
 */
public record QuantityTier(Quantity from, Reduction reduction, @Nullable String label) {}
