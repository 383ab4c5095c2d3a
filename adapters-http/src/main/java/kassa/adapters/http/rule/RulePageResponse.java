package kassa.adapters.http.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of rules.
 *
 * @param data the rules
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record RulePageResponse(List<RuleResponse> data, @Nullable String nextCursor) {}
