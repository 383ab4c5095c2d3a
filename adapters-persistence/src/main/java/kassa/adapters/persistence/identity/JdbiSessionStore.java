package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.utc;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.PlainJdbc;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenHash;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Stores sessions in a table, and caches lookups for two seconds. Thread-safe. */
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
      select id, user_id, user_agent, ip_address, created_at, last_used_at, local_operator
      from sessions where user_id = ? and last_used_at > ? and created_at > ?
      """;

  /** Row lock on the user: serializes changes of several sessions of one user. */
  static final String LOCK_USER =
      "select id from users where id = :user and not disabled for update";

  private static final String INSERT =
      """
      insert into sessions (
        id, user_id, token_hash, user_agent, ip_address, created_at, last_used_at, local_operator)
      values (:id, :user, :token, :userAgent, :ipAddress, :createdAt, :lastUsedAt, :localOperator)
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
   * @param cache cache of sessions by their token
   */
  public JdbiSessionStore(Database database, TokenCache<ActiveSession> cache) {
    this.database = database;
    this.cache = cache;
  }

  @Override
  public boolean create(Session session, TokenHash token) {
    return TransactionRetry.run(
        () -> database.inTransaction("create a session", handle -> create(handle, session, token)));
  }

  @Override
  public Optional<ActiveSession> find(TokenHash token) {
    return cache.getOrLoad(
        token, uncached -> database.query("find a session", handle -> find(handle, uncached)));
  }

  @Override
  public void updateLastUsedAt(SessionId id, Instant at) {
    lastUsedDebouncer.runUnlessInProgress(
        id,
        () -> {
          var _ =
              change(
                  "update the last use of a session",
                  handle ->
                      handle
                          .createUpdate(UPDATE_LAST_USED)
                          .bind("id", id.value())
                          .bind("at", timestamp(at)),
                  active -> active.session().id().equals(id));
        });
  }

  @Override
  public List<Session> list(UserId user, Instant usedAfter, Instant createdAfter) {
    return database.query(
        "list sessions",
        handle ->
            PlainJdbc.query(
                handle,
                BY_USER,
                statement -> {
                  statement.setObject(1, user.value());
                  statement.setObject(2, utc(usedAfter));
                  statement.setObject(3, utc(createdAfter));
                  try (ResultSet rows = statement.executeQuery()) {
                    return IdentityRowMapper.sessions(rows);
                  }
                }));
  }

  @Override
  public boolean end(SessionId id, UserId user) {
    return change(
            "end a session",
            handle -> handle.createUpdate(DELETE).bind("id", id.value()).bind("user", user.value()),
            active -> active.session().id().equals(id))
        == 1;
  }

  @Override
  public int endAllOfUser(UserId user, @Nullable SessionId except) {
    try {
      return TransactionRetry.run(() ->
          database.inTransaction(
              "end all sessions of a user",
              handle -> {
                lock(handle, user);
                return endAllOfUser(handle, user, except);
              }));
    } finally {
      cache.invalidateIf(active -> active.session().user().equals(user));
    }
  }

  @Override
  public int endAllOfEveryUser(@Nullable SessionId except) {
    return change(
        "end all sessions of all users",
        handle ->
            except == null
                ? handle.createUpdate(DELETE_ALL)
                : handle.createUpdate(DELETE_ALL_OTHERS).bind("exceptId", except.value()),
        active -> true);
  }

  @Override
  public int purge(Instant usedBefore, Instant createdBefore) {
    return change(
        "purge expired sessions",
        handle ->
            handle
                .createUpdate(DELETE_EXPIRED)
                .bind("usedBefore", timestamp(usedBefore))
                .bind("createdBefore", timestamp(createdBefore)),
        active -> true);
  }

  /**
   * Ends the sessions of a user whose row is locked.
   *
   * @param except a session that continues; {@code null} for none
   * @return the number of ended sessions
   */
  static int endAllOfUser(Handle handle, UserId user, @Nullable SessionId except) {
    Update update =
        except == null
            ? handle.createUpdate(DELETE_BY_USER)
            : handle.createUpdate(DELETE_OTHERS_OF_USER).bind("exceptId", except.value());
    return update.bind("user", user.value()).execute();
  }

  /**
   * Gives a session a new token, and ends all other sessions of the user, whose row is locked. If
   * the user has no such session, all sessions end.
   */
  static void rotateToken(Handle handle, SessionId id, UserId user, TokenHash token) {
    int rotated =
        handle
            .createUpdate(ROTATE_TOKEN)
            .bind("id", id.value())
            .bind("user", user.value())
            .bind("token", token.value())
            .execute();
    endAllOfUser(handle, user, rotated == 0 ? null : id);
  }

  /** Runs a change and invalidates its cache entries, also if the outcome is unknown. */
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
    // Disabling the user takes the same lock: before this, the lock fails; after it, the session
    // ends.
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
        .bind("localOperator", session.isLocal())
        .execute();
    return true;
  }

  /** Locks a user; returns whether the user exists and is not disabled. */
  private static boolean lock(Handle handle, UserId user) {
    return handle
        .createQuery(LOCK_USER)
        .bind("user", user.value())
        .mapTo(UUID.class)
        .findOne()
        .isPresent();
  }
}
