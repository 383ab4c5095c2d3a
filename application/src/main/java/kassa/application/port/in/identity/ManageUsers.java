package kassa.application.port.in.identity;

import java.time.Instant;
import java.util.Optional;
import kassa.application.port.in.Slice;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.identity.UserSearchText;
import org.jspecify.annotations.Nullable;

/**
 * Manages user accounts: creates, lists and changes users, resets passwords and ends sessions. For
 * admins.
 */
public interface ManageUsers {

  /** Returns the user with this id, or empty if it does not exist. */
  Optional<User> find(UserId id);

  /** Returns the user with this email address, or empty if it does not exist. */
  Optional<User> find(EmailAddress email);

  /**
   * Lists users in ascending order of their ids, which is the order of registration.
   *
   * @param text list only users that match this text; {@code null} for all users
   * @param after list users after this id; {@code null} to start at the first user
   * @param limit 1 to {@value Slice#MAX_SIZE}
   */
  Slice<User> list(@Nullable UserSearchText text, @Nullable UserId after, int limit);

  /**
   * Creates a user with a temporary password, which the user has to change within one day.
   *
   * @param name the name of the user, or {@code null}
   * @throws kassa.domain.InvalidValueException if the name is too long or contains characters that
   *     are not allowed
   */
  Outcome create(
      EmailAddress email,
      Password password,
      @Nullable String name,
      Role role,
      ClientInfo clientInfo);

  /**
   * Changes the role of a user, or enables or disables the user. The removal of a role and a
   * disabling take effect immediately. Disabling a user ends all of their sessions.
   *
   * @param role the new role; {@code null} to leave it unchanged
   * @param disabled the new state; {@code null} to leave it unchanged
   */
  Outcome update(UserId id, @Nullable Role role, @Nullable Boolean disabled, ClientInfo clientInfo);

  /**
   * Ends all sessions of a user.
   *
   * @return the number of ended sessions; empty if no such user exists
   */
  Optional<Integer> endSessions(UserId id, ClientInfo clientInfo);

  /**
   * Ends all sessions of all users except the session of this request, and writes an entry to the
   * audit log.
   *
   * @return the number of ended sessions
   */
  int endSessionsOfAllUsers();

  /**
   * Resets the password of a user to a generated temporary password, ends all of their sessions and
   * writes an entry to the audit log. The user has to change the password within one day.
   */
  PasswordReset replacePassword(UserId id);

  /** Outcome of {@link #replacePassword}. */
  sealed interface PasswordReset {

    /**
     * The password was replaced.
     *
     * @param user the user
     * @param password the generated password; it is returned only here
     * @param passwordExpiresAt when the temporary password expires
     */
    record Done(User user, Password password, Instant passwordExpiresAt) implements PasswordReset {}

    /** No such user exists. */
    record NotFound() implements PasswordReset {}

    /** Too many passwords are being hashed at the moment; retry later. */
    record Overloaded() implements PasswordReset {}
  }

  /** Outcome of {@link #create} and {@link #update}. */
  sealed interface Outcome {

    /**
     * The change was made.
     *
     * @param user the user after the change
     */
    record Done(User user) implements Outcome {}

    /** No such user exists. */
    record NotFound() implements Outcome {}

    /** A user with this email address exists already. */
    record EmailTaken() implements Outcome {}

    /** The password is in the list of common passwords. */
    record TooCommon() implements Outcome {}

    /** The change would leave no enabled admin. */
    record LastAdmin() implements Outcome {}

    /** Concurrent changes of the same user won every attempt; retry. */
    record ConcurrentModification() implements Outcome {}

    /** Too many passwords are being hashed at the moment; retry later. */
    record Overloaded() implements Outcome {}
  }
}
