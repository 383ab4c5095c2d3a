package kassa.domain.rule;

import kassa.domain.money.Amount;
import org.jspecify.annotations.Nullable;

/**
 * A step of a discount that grows with what the order costs.
 *
 * @param from what the order has to cost, inclusive
 * @param reduction a share of it, or an amount
 * @param label what the buyer is told it is; the rule's label if {@code null}
 */
public record AmountTier(Amount from, Reduction reduction, @Nullable String label) {}
