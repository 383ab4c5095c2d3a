package kassa.domain.pricing;

import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a code that is kept beside its rule.
 *
 * @param rule the rule that it brings
 * @param limit the most orders that may use it; that of the rule if {@code null}
 * @param redeemed orders that did
 */
public record CodeUsage(RuleId rule, @Nullable Long limit, long redeemed) {}
