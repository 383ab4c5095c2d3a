package kassa.adapters.http.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of users.
 *
 * @param data the users
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record UserPageResponse(List<UserResponse> data, @Nullable String nextCursor) {}
