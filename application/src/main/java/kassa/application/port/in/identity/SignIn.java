package kassa.application.port.in.identity;

import java.time.Duration;
import java.time.Instant;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.jspecify.annotations.Nullable;

/** Lets people in and out. */
public interface SignIn {

  /**
   * Begins a session. Takes the same time and answers the same whether there is no such user, they
   * are disabled or the password is another.
   *
   * @param password what was typed, of any length
   * @throws kassa.application.port.out.StoreUnavailableException if it cannot be told
   */
  Outcome signIn(EmailAddress email, String password, ClientInfo clientInfo);

  /** Ends the caller's session. Who has none may do this as well. */
  void signOut(Caller caller, ClientInfo clientInfo);

  /** What came of it. */
  sealed interface Outcome {

    /**
     * A session begins.
     *
     * @param token what to show from now on, told this once
     * @param session the session
     * @param user who signed in
     * @param passwordExpiresAt when they are to have changed their password: from then on they may
     *     do nothing else, but look after their sessions; {@code null} if they need not
     */
    record SignedIn(String token, Session session, User user, @Nullable Instant passwordExpiresAt)
        implements Outcome {

      /** All but the token. */
      @Override
      public String toString() {
        return "SignedIn[" + session.id() + "]";
      }
    }

    /** There is no such user, or another password. */
    record InvalidCredentials() implements Outcome {}

    /**
     * Too many tried before, for this account or from this address. Nothing was looked at.
     *
     * @param retryAfter how long to wait before trying again
     */
    record TooManyAttempts(Duration retryAfter) implements Outcome {}

    /** Too many passwords are being looked at. Nothing was looked at. */
    record Overloaded() implements Outcome {}
  }
}
