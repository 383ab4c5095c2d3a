package kassa.adapters.http.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of rules.
 *
 * @param data the rules
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record RulePageResponse(List<RuleResponse> data, @Nullable String nextCursor) {}
