package kassa.application.port.in.identity;

import java.util.Optional;
import kassa.domain.identity.Caller;

/** Authenticates a caller by a credential: a session token or an API key. */
public interface Authenticate {

  /**
   * Authenticates the bearer of this token. Using a session extends it until the idle timeout or
   * the maximum age ends it. The time of the last use is stored with a precision of one minute.
   *
   * @param token the presented session token or API key
   * @return the caller; empty if the token is malformed, unknown, expired or revoked, if its
   *     session has ended, or if its user is disabled. Other nodes see a revocation, the end of a
   *     session or the disabling of a user up to two seconds later
   * @throws kassa.application.port.out.StoreUnavailableException if the store cannot be read
   */
  Optional<Caller> authenticate(String token);
}
