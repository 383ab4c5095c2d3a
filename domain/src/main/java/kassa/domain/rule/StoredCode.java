package kassa.domain.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stored discount code.
 *
 * @param code the code
 * @param rule the rule that the code activates
 * @param limit the maximum number of orders with the code; {@code null} for the limit of the rule
 * @param createdAt the time of creation, to the microsecond
 */
public record StoredCode(Code code, RuleId rule, @Nullable Long limit, Instant createdAt) {}
