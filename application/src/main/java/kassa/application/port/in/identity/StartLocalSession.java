package kassa.application.port.in.identity;

import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;

/**
 * Starts sessions without a password, for the local operator only ({@code ./kassa login}). Part of
 * {@link kassa.application.OperatorUseCases}: no HTTP request reaches it.
 */
public interface StartLocalSession {

  /** User agent of these sessions, as the list of sessions shows it. */
  String DEVICE = "kassa login";

  /**
   * Starts a session of a user. It has the same idle timeout and maximum age as any other session.
   * An expired temporary password does not restrict it, because no password was used. The audit log
   * names the local operator as the actor.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the store is not available
   */
  Outcome start(EmailAddress email);

  /** Result of starting a session. */
  sealed interface Outcome {

    /**
     * The session is started.
     *
     * @param token credential of the session, returned only here
     * @param session the new session
     * @param user user of the session
     */
    record Started(String token, Session session, User user) implements Outcome {

      /** Without the token. */
      @Override
      public String toString() {
        return "Started[" + session.id() + "]";
      }
    }

    /** No user has this email. */
    record NotFound() implements Outcome {}

    /** The user is disabled. */
    record Disabled() implements Outcome {}
  }
}
