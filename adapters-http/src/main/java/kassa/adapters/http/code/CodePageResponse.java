package kassa.adapters.http.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of codes.
 *
 * @param data the codes
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record CodePageResponse(List<CodeResponse> data, @Nullable String nextCursor) {}
