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
 * Keeps sessions by the hashes of their tokens. Implementations may be called by any number of
 * threads. Every method throws {@link StoreUnavailableException} when the store cannot be asked;
 * absence is never answered instead. What is changed is durable when a method returns.
 */
public interface SessionStore {

  /**
   * A session that goes on.
   *
   * @param session the session
   * @param role the role that its user has now
   * @param passwordExpiresAt when its user is to have changed their password; {@code null} if they
   *     need not
   */
  record ActiveSession(Session session, Role role, @Nullable Instant passwordExpiresAt) {

    /** Of a user with a password of their own choice. */
    public ActiveSession(Session session, Role role) {
      this(session, role, null);
    }
  }

  /** Keeps a new session, unless its user is disabled or gone; tells whether it does. */
  boolean create(Session session, TokenHash token);

  /**
   * The session of a token, if its user is not disabled. How long it may go on is not looked at.
   * The answer may be two seconds old, but for what was changed through this store.
   */
  Optional<ActiveSession> find(TokenHash token);

  /** Notes when a session was used; nothing if it has ended. */
  void updateLastUsedAt(SessionId id, Instant at);

  /** The sessions of a user that were used after one time and begun after another, any order. */
  List<Session> list(UserId user, Instant usedAfter, Instant createdAfter);

  /** Ends a session of this user, and tells whether there was one. */
  boolean end(SessionId id, UserId user);

  /** Ends the sessions of a user but one, if one is named, and tells how many there were. */
  int endAllOfUser(UserId user, @Nullable SessionId except);

  /** Ends the sessions of all users but one, if one is named, and tells how many there were. */
  int endAllOfEveryUser(@Nullable SessionId except);

  /** Forgets sessions that were last used before one time or begun before another. */
  int purge(Instant usedBefore, Instant begunBefore);
}
