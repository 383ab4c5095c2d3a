package kassa.domain.identity;

import java.time.Instant;
import kassa.domain.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A person who can sign in.
 *
 * @param id names them for programs, and is the customer's id of their own orders
 * @param email what they sign in with
 * @param name how they are called, 1 to {@value #MAX_NAME_LENGTH} characters, if they said
 * @param role what they are to the shop
 * @param isDisabled whether they are kept out
 * @param version 1 or more, one higher with each change
 * @param createdAt when they were registered, to the microsecond
 */
public record User(
    UserId id,
    EmailAddress email,
    @Nullable String name,
    Role role,
    boolean isDisabled,
    int version,
    Instant createdAt) {

  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  /**
   * @throws kassa.domain.InvalidValueException if the name is empty, too long or not plain
   */
  public User {
    if (name != null) {
      PlainText.singleLine("name", name, MAX_NAME_LENGTH);
    }
  }
}
