package kassa.adapters.http.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of API keys.
 *
 * @param data the API keys
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record ApiKeyPageResponse(List<ApiKeyResponse> data, @Nullable String nextCursor) {}
