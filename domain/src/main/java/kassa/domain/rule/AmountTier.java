package kassa.domain.rule;

import kassa.domain.money.Amount;
import org.jspecify.annotations.Nullable;

/**
 * Tier of a discount by the amount of the order.
 *
 * @param from the threshold, inclusive
 * @param reduction the discount of the tier, a percentage or an amount
 * @param label the label of the discount for customers; {@code null} for the label of the rule
 */
public record AmountTier(Amount from, Reduction reduction, @Nullable String label) {}
