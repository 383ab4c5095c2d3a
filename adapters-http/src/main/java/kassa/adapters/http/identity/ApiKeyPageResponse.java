package kassa.adapters.http.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of keys.
 *
 * @param data the keys
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record ApiKeyPageResponse(List<ApiKeyResponse> data, @Nullable String nextCursor) {}
