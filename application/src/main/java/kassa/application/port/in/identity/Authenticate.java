package kassa.application.port.in.identity;

import java.util.Optional;
import kassa.domain.identity.Caller;

/** Tells who asks, by what they show. */
public interface Authenticate {

  /**
   * Who shows this token. A session that is used lives on; when it was last used is kept to the
   * minute.
   *
   * @param token what was shown: the token of a session or the key of a program
   * @return nobody if it is malformed, unknown, expired, revoked or ended, or if its user is
   *     disabled; on other nodes than the one that ended it, up to two seconds later
   * @throws kassa.application.port.out.StoreUnavailableException if that cannot be told
   */
  Optional<Caller> authenticate(String token);
}
