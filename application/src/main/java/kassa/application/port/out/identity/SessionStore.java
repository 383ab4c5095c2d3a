package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Session store; sessions are found by the hash of their token. Thread-safe. Every method throws
 * {@link StoreUnavailableException} when the store cannot be used; an empty result always means
 * that no such session exists. Writes are durable when the method returns.
 */
public interface SessionStore {

  /**
   * Session of an enabled user.
   *
   * @param session the session
   * @param role the current role of the user
   * @param passwordExpiresAt when the temporary password of the user expires; {@code null} if the
   *     password is not temporary
   */
  record ActiveSession(Session session, Role role, @Nullable Instant passwordExpiresAt) {

    /** Session of a user whose password is not temporary. */
    public ActiveSession(Session session, Role role) {
      this(session, role, null);
    }
  }

  /**
   * Stores a new session.
   *
   * @return {@code false} if the user is disabled or does not exist; nothing was stored then
   */
  boolean create(Session session, TokenHash token);

  /**
   * Returns the session of a token, if its user is enabled. Idle timeout and maximum age are not
   * checked. The result can be two seconds stale, except for changes that were made through this
   * store.
   */
  Optional<ActiveSession> find(TokenHash token);

  /** Stores the time of the last use of a session; does nothing if the session has ended. */
  void updateLastUsedAt(SessionId id, Instant at);

  /**
   * Lists the sessions of a user that were last used after one time and created after another, in
   * any order.
   */
  List<Session> list(UserId user, Instant usedAfter, Instant createdAfter);

  /**
   * Ends a session of this user.
   *
   * @return whether the session existed
   */
  boolean end(SessionId id, UserId user);

  /**
   * Ends all sessions of a user.
   *
   * @param except the session that does not end, or {@code null}
   * @return the number of ended sessions
   */
  int endAllOfUser(UserId user, @Nullable SessionId except);

  /**
   * Ends all sessions of all users.
   *
   * @param except the session that does not end, or {@code null}
   * @return the number of ended sessions
   */
  int endAllOfEveryUser(@Nullable SessionId except);

  /**
   * Deletes the sessions that were last used before one time or created before another.
   *
   * @return the number of deleted sessions
   */
  int purge(Instant usedBefore, Instant createdBefore);
}
