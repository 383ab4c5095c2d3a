package kassa.adapters.http.identity;

import kassa.adapters.http.json.EnumNames;
import kassa.domain.identity.User;
import org.jspecify.annotations.Nullable;

/**
 * User, without any secret.
 *
 * @param id id of the user
 * @param email email address for the sign-in
 * @param name name of the user; may be {@code null}
 * @param role role of the user
 * @param disabled whether the user cannot sign in
 * @param createdAt time of the registration
 */
public record UserResponse(
    String id,
    String email,
    @Nullable String name,
    String role,
    boolean disabled,
    String createdAt) {

  /** Converts a user to its response. */
  public static UserResponse of(User user) {
    return new UserResponse(
        user.id().toString(),
        user.email().value(),
        user.name(),
        EnumNames.of(user.role()),
        user.isDisabled(),
        user.createdAt().toString());
  }
}
