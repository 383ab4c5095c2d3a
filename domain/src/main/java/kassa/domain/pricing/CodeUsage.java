package kassa.domain.pricing;

import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Usage of a stored discount code.
 *
 * @param rule the rule that the code activates
 * @param limit the maximum number of orders with the code; {@code null} for the limit of the rule
 * @param redeemed the number of orders that used the code
 */
public record CodeUsage(RuleId rule, @Nullable Long limit, long redeemed) {}
