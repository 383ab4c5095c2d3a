package kassa.domain.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A code as it is kept.
 *
 * @param code the code
 * @param rule the rule that it brings
 * @param limit the most orders that may use it; that of the rule if {@code null}
 * @param createdAt since when there is it, to the microsecond
 */
public record StoredCode(Code code, RuleId rule, @Nullable Long limit, Instant createdAt) {}
