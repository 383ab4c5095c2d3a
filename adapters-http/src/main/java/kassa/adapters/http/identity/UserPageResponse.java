package kassa.adapters.http.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of users.
 *
 * @param data the users
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record UserPageResponse(List<UserResponse> data, @Nullable String nextCursor) {}
