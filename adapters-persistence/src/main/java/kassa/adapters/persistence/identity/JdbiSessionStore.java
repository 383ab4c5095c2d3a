package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenHash;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in a table, and what their tokens were found to be in memory for a moment. May be
 * used by any number of threads.
 */
public final class JdbiSessionStore implements SessionStore {

  public static final String BY_TOKEN =
      """
      select s.*, u.role, u.password_change_required_at
      from sessions s
      join users u on u.id = s.user_id
      where s.token_hash = :token and not u.disabled
      """;

  public static final String BY_USER =
      """
      select * from sessions
      where user_id = :user and last_used_at > :usedAfter and created_at > :createdAfter
      """;

  /** Whoever changes several sessions of a user has the user to himself. */
  static final String LOCK_USER =
      "select id from users where id = :user and not disabled for update";

  private static final String INSERT =
      """
      insert into sessions (
        id, user_id, token_hash, user_agent, ip_address, created_at, last_used_at)
      values (:id, :user, :token, :userAgent, :ipAddress, :createdAt, :lastUsedAt)
      """;

  private static final String UPDATE_LAST_USED =
      "update sessions set last_used_at = :at where id = :id and last_used_at < :at";

  private static final String ROTATE_TOKEN =
      "update sessions set token_hash = :token where id = :id and user_id = :user";

  private static final String DELETE = "delete from sessions where id = :id and user_id = :user";

  private static final String DELETE_BY_USER = "delete from sessions where user_id = :user";

  private static final String DELETE_OTHERS_OF_USER = DELETE_BY_USER + " and id <> :exceptId";

  private static final String DELETE_ALL = "delete from sessions";

  private static final String DELETE_ALL_OTHERS = DELETE_ALL + " where id <> :exceptId";

  private static final String DELETE_EXPIRED =
      "delete from sessions where last_used_at < :usedBefore or created_at < :createdBefore";

  private final Database database;
  private final TokenCache<ActiveSession> cache;
  private final LastUsedDebouncer<SessionId> lastUsedDebouncer = new LastUsedDebouncer<>();

  /**
   * @param cache what the tokens were found to be
   */
  public JdbiSessionStore(Database database, TokenCache<ActiveSession> cache) {
    this.database = database;
    this.cache = cache;
  }

  @Override
  public boolean create(Session session, TokenHash token) {
    return TransactionRetry.run(
        () -> database.inTransaction("begin a session", handle -> create(handle, session, token)));
  }

  @Override
  public Optional<ActiveSession> find(TokenHash token) {
    return cache.getOrLoad(
        token, unknown -> database.query("find a session", handle -> find(handle, unknown)));
  }

  @Override
  public void updateLastUsedAt(SessionId id, Instant at) {
    lastUsedDebouncer.runUnlessInProgress(
        id,
        () -> {
          var _ =
              change(
                  "note that a session was used",
                  handle ->
                      handle
                          .createUpdate(UPDATE_LAST_USED)
                          .bind("id", id.value())
                          .bind("at", timestamp(at)),
                  live -> live.session().id().equals(id));
        });
  }

  @Override
  public List<Session> list(UserId user, Instant usedAfter, Instant createdAfter) {
    return database.query(
        "list sessions",
        handle ->
            handle
                .createQuery(BY_USER)
                .bind("user", user.value())
                .bind("usedAfter", timestamp(usedAfter))
                .bind("createdAfter", timestamp(createdAfter))
                .map((row, context) -> IdentityRowMapper.session(row))
                .list());
  }

  @Override
  public boolean end(SessionId id, UserId user) {
    return change(
            "end a session",
            handle -> handle.createUpdate(DELETE).bind("id", id.value()).bind("user", user.value()),
            live -> live.session().id().equals(id))
        == 1;
  }

  @Override
  public int endAllOfUser(UserId user, @Nullable SessionId except) {
    try {
      return TransactionRetry.run(() ->
          database.inTransaction(
              "end sessions",
              handle -> {
                lock(handle, user);
                return endAllOfUser(handle, user, except);
              }));
    } finally {
      cache.invalidateIf(live -> live.session().user().equals(user));
    }
  }

  @Override
  public int endAllOfEveryUser(@Nullable SessionId except) {
    return change(
        "end the sessions of everybody",
        handle ->
            except == null
                ? handle.createUpdate(DELETE_ALL)
                : handle.createUpdate(DELETE_ALL_OTHERS).bind("exceptId", except.value()),
        live -> true);
  }

  @Override
  public int purge(Instant usedBefore, Instant createdBefore) {
    return change(
        "forget old sessions",
        handle ->
            handle
                .createUpdate(DELETE_EXPIRED)
                .bind("usedBefore", timestamp(usedBefore))
                .bind("createdBefore", timestamp(createdBefore)),
        live -> true);
  }

  /** Ends the sessions of a user whose row is locked, but one, if one is named. */
  static int endAllOfUser(Handle handle, UserId user, @Nullable SessionId except) {
    Update update =
        except == null
            ? handle.createUpdate(DELETE_BY_USER)
            : handle.createUpdate(DELETE_OTHERS_OF_USER).bind("exceptId", except.value());
    return update.bind("user", user.value()).execute();
  }

  /**
   * Gives a session another token, and ends all others of its user, whose row is locked. If there
   * is no such session of theirs, all end.
   */
  static void rotateToken(Handle handle, SessionId id, UserId user, TokenHash token) {
    int renewed =
        handle
            .createUpdate(ROTATE_TOKEN)
            .bind("id", id.value())
            .bind("user", user.value())
            .bind("token", token.value())
            .execute();
    endAllOfUser(handle, user, renewed == 0 ? null : id);
  }

  /** Makes a change, and forgets what it made untrue, also when nobody knows whether it is made. */
  private int change(
      String purpose, Function<Handle, Update> update, Predicate<ActiveSession> staleEntries) {
    try {
      return TransactionRetry.run(
          () -> database.inTransaction(purpose, handle -> update.apply(handle).execute()));
    } finally {
      cache.invalidateIf(staleEntries);
    }
  }

  private static Optional<ActiveSession> find(Handle handle, TokenHash token) {
    return handle
        .createQuery(BY_TOKEN)
        .bind("token", token.value())
        .map((row, context) -> IdentityRowMapper.activeSession(row))
        .findOne();
  }

  private static boolean create(Handle handle, Session session, TokenHash token) {
    // Whoever disables the user comes before, and is seen, or afterwards, and ends this session.
    if (!lock(handle, session.user())) {
      return false;
    }
    handle
        .createUpdate(INSERT)
        .bind("id", session.id().value())
        .bind("user", session.user().value())
        .bind("token", token.value())
        .bind("userAgent", session.device())
        .bind("ipAddress", session.address())
        .bind("createdAt", timestamp(session.createdAt()))
        .bind("lastUsedAt", timestamp(session.lastUsedAt()))
        .execute();
    return true;
  }

  /** Locks a user, and says whether they are there and not disabled. */
  private static boolean lock(Handle handle, UserId user) {
    return handle
        .createQuery(LOCK_USER)
        .bind("user", user.value())
        .mapTo(UUID.class)
        .findOne()
        .isPresent();
  }
}
