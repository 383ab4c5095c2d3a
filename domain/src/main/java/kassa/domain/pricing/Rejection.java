package kassa.domain.pricing;

import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * A code that brings nothing, or a rule without a code that a limit stopped.
 *
 * @param code the code as it was entered; {@code null} if none was
 * @param rule the rule; {@code null} if no rule has the code
 * @param reason why
 */
public record Rejection(@Nullable Code code, @Nullable RuleId rule, SkipReason reason) {}
