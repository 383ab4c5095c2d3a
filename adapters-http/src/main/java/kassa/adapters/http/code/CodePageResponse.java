package kassa.adapters.http.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of codes.
 *
 * @param data the codes
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record CodePageResponse(List<CodeResponse> data, @Nullable String nextCursor) {}
