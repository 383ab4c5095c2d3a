package kassa.application.port.in.identity;

import java.time.Duration;
import java.util.List;
import kassa.domain.identity.Password;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;

/** Manages the caller's own sessions and own password. */
public interface ManageSessions {

  /** Returns the caller and the session of this request. */
  CurrentSession current();

  /** Returns the session of this request. */
  SessionId currentId();

  /** Lists the caller's active sessions, the most recently used first. */
  List<Session> list();

  /**
   * Ends one of the caller's sessions.
   *
   * @return whether the session existed
   */
  boolean end(SessionId id, ClientInfo clientInfo);

  /**
   * Ends all sessions of the caller except the session of this request.
   *
   * @return the number of ended sessions
   */
  int endOthers(ClientInfo clientInfo);

  /**
   * Changes the caller's password. A temporary password is thereby replaced: a password change is
   * no longer required. All other sessions end, and the session of this request gets a new token.
   *
   * @param current the current password as entered, of any length
   */
  Outcome changePassword(String current, Password newPassword, ClientInfo clientInfo);

  /**
   * The caller with the session of this request.
   *
   * @param user the caller
   * @param session the session of this request
   */
  record CurrentSession(User user, SessionId session) {}

  /** Outcome of {@link #changePassword}. */
  sealed interface Outcome {

    /**
     * The password was changed.
     *
     * @param token the new session token; it is returned only here
     */
    record Changed(String token) implements Outcome {

      /** Returns a text without the token. */
      @Override
      public String toString() {
        return "Changed";
      }
    }

    /** The current password is wrong. */
    record WrongPassword() implements Outcome {}

    /** The new password equals the current password. */
    record Unchanged() implements Outcome {}

    /** The new password is in the list of common passwords. */
    record TooCommon() implements Outcome {}

    /**
     * Too many wrong passwords before.
     *
     * @param retryAfter how long to wait before the next attempt
     */
    record TooManyAttempts(Duration retryAfter) implements Outcome {}

    /** Too many passwords are being hashed at the moment; retry later. */
    record Overloaded() implements Outcome {}
  }
}
