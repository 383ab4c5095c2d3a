package kassa.domain.identity;

import java.time.Instant;
import kassa.domain.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * User account: a person who can sign in.
 *
 * @param id the id of the user, which is also the customer id of their own orders
 * @param email the address that the user signs in with
 * @param name the name of the user, 1 to {@value #MAX_NAME_LENGTH} characters; {@code null} if not
 *     given
 * @param role the role of the user
 * @param isDisabled whether the user cannot sign in
 * @param version 1 or more, incremented with each change
 * @param createdAt the time of registration, to the microsecond
 */
public record User(
    UserId id,
    EmailAddress email,
    @Nullable String name,
    Role role,
    boolean isDisabled,
    int version,
    Instant createdAt) {

  /** The maximum length of a name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  /**
   * Validates the name.
   *
   * @throws kassa.domain.InvalidValueException if the name is empty, too long or not plain
   */
  public User {
    if (name != null) {
      PlainText.singleLine("name", name, MAX_NAME_LENGTH);
    }
  }
}
