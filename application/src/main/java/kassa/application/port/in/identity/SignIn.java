package kassa.application.port.in.identity;

import java.time.Duration;
import java.time.Instant;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.jspecify.annotations.Nullable;

/** Sign-in with email and password, and sign-out. */
public interface SignIn {

  /**
   * Checks the credentials and creates a session. Takes the same time and returns the same outcome
   * whether the user does not exist, is disabled or has another password, to prevent user
   * enumeration.
   *
   * @param password the password as entered, of any length
   * @throws kassa.application.port.out.StoreUnavailableException if the store cannot be used
   */
  Outcome signIn(EmailAddress email, String password, ClientInfo clientInfo);

  /** Ends the caller's session. Does nothing for a caller without a session. */
  void signOut(Caller caller, ClientInfo clientInfo);

  /** Outcome of {@link #signIn}. */
  sealed interface Outcome {

    /**
     * A session was created.
     *
     * @param token the session token; it is returned only here
     * @param session the session
     * @param user the user
     * @param passwordExpiresAt when the temporary password expires: from then on the user can only
     *     manage their sessions and change their password; {@code null} if the password is not
     *     temporary
     */
    record SignedIn(String token, Session session, User user, @Nullable Instant passwordExpiresAt)
        implements Outcome {

      /** Returns a text without the token. */
      @Override
      public String toString() {
        return "SignedIn[" + session.id() + "]";
      }
    }

    /** Invalid email or password, or the user is disabled. */
    record InvalidCredentials() implements Outcome {}

    /**
     * Too many attempts for this account or from this client address. The password was not checked.
     *
     * @param retryAfter how long to wait before the next attempt
     */
    record TooManyAttempts(Duration retryAfter) implements Outcome {}

    /**
     * Too many passwords are being hashed at the moment; retry later. The password was not checked.
     */
    record Overloaded() implements Outcome {}
  }
}
