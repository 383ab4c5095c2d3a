package kassa.adapters.http.identity;

import kassa.adapters.http.json.EnumNames;
import kassa.domain.identity.User;
import org.jspecify.annotations.Nullable;

/**
 * A user, without anything secret.
 *
 * @param id names the user
 * @param email what they sign in with
 * @param name how they are called, if anybody said
 * @param role what they are to the shop
 * @param disabled whether they are kept out
 * @param createdAt when they were registered
 */
public record UserResponse(
    String id,
    String email,
    @Nullable String name,
    String role,
    boolean disabled,
    String createdAt) {

  /** Writes a user down. */
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
