package kassa.application.port.in.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** Manages people who can sign in. For admins. */
public interface ManageUsers {

  /** The most users of one page. */
  int MAX_PAGE_SIZE = 200;

  /** The user of this id, if there is one. */
  Optional<User> find(UserId id);

  /** The user of this address, if there is one. */
  Optional<User> find(EmailAddress email);

  /**
   * Users by their ids, rising, which is by when they were registered.
   *
   * @param after the user behind whom to begin; at the first if {@code null}
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   */
  List<User> list(@Nullable UserId after, int limit);

  /**
   * Makes a user, who is to change the password within a day.
   *
   * @throws kassa.domain.InvalidValueException if the name is not plain or too long
   */
  Outcome create(
      EmailAddress email,
      Password password,
      @Nullable String name,
      Role role,
      ClientInfo clientInfo);

  /**
   * Changes a user. Taking a role away and disabling work at once; disabling ends all sessions.
   *
   * @param role {@code null} to leave it
   * @param disabled {@code null} to leave it
   */
  Outcome update(UserId id, @Nullable Role role, @Nullable Boolean disabled, ClientInfo clientInfo);

  /** Ends all sessions of a user, and tells how many there were; empty if there is no such user. */
  Optional<Integer> endSessions(UserId id, ClientInfo clientInfo);

  /**
   * Ends all sessions of all users but the one that the caller asks in, writes that down, and tells
   * how many there were.
   */
  int endSessionsOfAllUsers();

  /**
   * Replaces the password of a user by one that is made up, ends all of their sessions, and writes
   * that down. They are to change it within a day.
   */
  PasswordReset replacePassword(UserId id);

  /** What came of replacing a password. */
  sealed interface PasswordReset {

    /**
     * It is done.
     *
     * @param user whose it is
     * @param password the new password, told this once
     * @param passwordExpiresAt when it is to have been changed
     */
    record Done(User user, Password password, Instant passwordExpiresAt) implements PasswordReset {}

    /** There is no such user. */
    record NotFound() implements PasswordReset {}

    /** Too many passwords are being looked at. */
    record Overloaded() implements PasswordReset {}
  }

  /** What came of it. */
  sealed interface Outcome {

    /**
     * It is done.
     *
     * @param user the user as it is now
     */
    record Done(User user) implements Outcome {}

    /** There is no such user. */
    record NotFound() implements Outcome {}

    /** There is a user of this address already. */
    record EmailTaken() implements Outcome {}

    /** The password is one of the commonest. */
    record TooCommon() implements Outcome {}

    /** Nobody would be left who may manage users. */
    record LastAdmin() implements Outcome {}

    /** Another changed the user meanwhile, again and again; it may try again. */
    record ConcurrentModification() implements Outcome {}

    /** Too many passwords are being looked at. */
    record Overloaded() implements Outcome {}
  }
}
