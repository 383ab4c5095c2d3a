package kassa.adapters.http.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of a list.
 *
 * @param <T> type of an element
 * @param data the elements
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record PageResponse<T>(List<T> data, @Nullable String nextCursor) {}
