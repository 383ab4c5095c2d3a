package kassa.application.port.in.identity;

import java.time.Duration;
import java.util.List;
import kassa.domain.identity.Password;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;

/** What people do with their own sessions and their own password. */
public interface ManageSessions {

  /** Who asks, and in which session. */
  CurrentSession current();

  /** The caller's sessions that go on, the last used first. */
  List<Session> list();

  /** Ends one of the caller's sessions, and tells whether there was one. */
  boolean end(SessionId id, ClientInfo clientInfo);

  /** Ends all of the caller's sessions but the one they ask in, and tells how many there were. */
  int endOthers(ClientInfo clientInfo);

  /**
   * Changes the caller's password, which is not due any more. The other sessions end, and this one
   * gets another token.
   *
   * @param current what was typed, of any length
   */
  Outcome changePassword(String current, Password newPassword, ClientInfo clientInfo);

  /**
   * Who asks.
   *
   * @param user the caller
   * @param session the session that they ask in
   */
  record CurrentSession(User user, SessionId session) {}

  /** What came of changing a password. */
  sealed interface Outcome {

    /**
     * It is changed.
     *
     * @param token what to show from now on, told this once
     */
    record Changed(String token) implements Outcome {

      /** Nothing of it. */
      @Override
      public String toString() {
        return "Changed";
      }
    }

    /** The current password is another. */
    record WrongPassword() implements Outcome {}

    /** The new password is the one that is good now. */
    record Unchanged() implements Outcome {}

    /** The new password is one of the commonest. */
    record TooCommon() implements Outcome {}

    /**
     * Too many wrong passwords were typed before.
     *
     * @param retryAfter how long to wait before trying again
     */
    record TooManyAttempts(Duration retryAfter) implements Outcome {}

    /** Too many passwords are being looked at. */
    record Overloaded() implements Outcome {}
  }
}
