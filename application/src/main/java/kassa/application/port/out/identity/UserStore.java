package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.identity.UserSearchText;
import org.jspecify.annotations.Nullable;

/**
 * User store with password hashes. Thread-safe. Every method throws {@link
 * StoreUnavailableException} when the store cannot be used; an empty result always means that no
 * such user exists. Writes are atomic, and durable when the method returns.
 */
public interface UserStore {

  /**
   * Returns a store whose changes have events with this actor.
   *
   * @param actor the name of the caller; {@code null} if unknown
   */
  default UserStore by(@Nullable String actor) {
    return this;
  }

  /**
   * User with the hash of the password.
   *
   * @param user the user
   * @param passwordHash the hash, as {@link PasswordHasher} returns it
   * @param passwordExpiresAt when the temporary password expires, to the microsecond; {@code null}
   *     if the password is not temporary
   */
  record StoredUser(User user, String passwordHash, @Nullable Instant passwordExpiresAt) {

    /** User with a password that is not temporary. */
    public StoredUser(User user, String passwordHash) {
      this(user, passwordHash, null);
    }

    /** Returns a text without the hash. */
    @Override
    public String toString() {
      return "StoredUser[" + user.id() + "]";
    }
  }

  /**
   * Stores a new user.
   *
   * @return {@code false} if the email address is taken; nothing was stored then
   */
  boolean add(StoredUser user);

  /** Returns the user with this email address, or empty if it does not exist. */
  Optional<StoredUser> find(EmailAddress email);

  /** Returns the user with this id, or empty if it does not exist. */
  Optional<StoredUser> find(UserId id);

  /**
   * Lists users in ascending order of their ids.
   *
   * @param text list only users that match this text; {@code null} for all users
   * @param after list users after this id; {@code null} to start at the first
   * @param limit the maximum number of users
   */
  List<User> list(@Nullable UserSearchText text, @Nullable UserId after, int limit);

  /**
   * Updates a user (optimistic locking). If the user is disabled after the update, all of their
   * sessions end in the same transaction.
   *
   * @param user the new state; its version is one above the version that was read
   * @param at the time of the update, to the microsecond
   * @return the result
   */
  UpdateResult update(User user, Instant at);

  /** Result of {@link #update}. */
  enum UpdateResult {
    /** The user was updated. */
    DONE,
    /** The stored user has another version; nothing was changed. */
    CONFLICT,
    /** The update would leave no enabled admin; nothing was changed. */
    LAST_ADMIN
  }

  /**
   * Replaces the hash of an unchanged password, for example after an upgrade of the hash
   * parameters, if the stored hash still equals {@code before}.
   *
   * @return whether the hash was replaced
   */
  boolean replaceHash(UserId id, String before, String after);

  /**
   * Changes a password to one that the user chose, if the stored hash still equals {@code before}.
   * The password is no longer temporary. In the same transaction the given session gets a new token
   * and all other sessions of the user end. If the given session has ended, no session remains.
   *
   * @param before the hash that was read
   * @param after the hash of the new password
   * @return whether the password was changed
   */
  boolean changePassword(
      UserId id, String before, String after, SessionId session, TokenHash token);

  /**
   * Sets a temporary password that another person chose, and ends all sessions of the user in the
   * same transaction.
   *
   * @param hash the hash of the new password
   * @param expiresAt when the temporary password expires
   * @return whether the user exists
   */
  boolean replacePassword(UserId id, String hash, Instant expiresAt);

  /** Returns whether an enabled admin exists. */
  boolean hasAdmin();
}
