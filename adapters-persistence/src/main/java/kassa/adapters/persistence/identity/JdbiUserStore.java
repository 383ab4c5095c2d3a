package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kassa.adapters.persistence.event.EventWriter;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.application.port.out.identity.SessionStore.ActiveSession;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore;
import kassa.domain.event.EventType;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.identity.UserSearchText;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** Stores users in a table. Thread-safe. */
public final class JdbiUserStore implements UserStore {

  public static final String BY_EMAIL = "select * from users where email = :email";

  public static final String BY_ID = "select * from users where id = :id";

  public static final String PAGE = "select * from users order by id fetch first :limit rows only";

  public static final String PAGE_AFTER =
      "select * from users where id > :after order by id fetch first :limit rows only";

  /** Folds the case with the characters of the search text: {@code lower} depends on a locale. */
  private static final String MATCHES =
      """
      (position(:text in translate(email, :characters, :folded)) > 0
        or position(:text in translate(name, :characters, :folded)) > 0)\
      """;

  public static final String MATCHING_PAGE =
      "select * from users where " + MATCHES + " order by id fetch first :limit rows only";

  public static final String MATCHING_PAGE_AFTER =
      "select * from users where id > :after and "
          + MATCHES
          + " order by id fetch first :limit rows only";

  public static final String ACTIVE_ADMINS =
      "select id from users where role = 'admin' and not disabled";

  /** Locks rows in the order of their ids, which prevents deadlocks. */
  static final String LOCK_USERS =
      "select * from users where id = any(cast(:ids as uuid array)) order by id for update";

  private static final String HAS_ADMIN = "select exists (" + ACTIVE_ADMINS + ")";

  private static final String INSERT =
      """
      insert into users
        (id, email, name, role, disabled, version, password_hash, password_change_required_at,
          created_at)
      values (
        :id, :email, :name, :role, :disabled, :version, :hash, :changeRequiredAt, :createdAt)
      """;

  private static final String UPDATE =
      """
      update users set
        email = :email, name = :name, role = :role, disabled = :disabled, version = :version
      where id = :id
      """;

  private static final String UPDATE_HASH =
      "update users set password_hash = :after where id = :id and password_hash = :before";

  private static final String CHANGE_PASSWORD =
      """
      update users set password_hash = :after, password_change_required_at = null
      where id = :id and password_hash = :before
      """;

  private static final String RESET_PASSWORD =
      """
      update users set password_hash = :hash, password_change_required_at = :changeRequiredAt
      where id = :id
      """;

  private final Database database;
  private final TokenCache<ActiveSession> sessionCache;
  private final @Nullable String actor;

  /**
   * @param sessionCache cache of the sessions of these users
   */
  public JdbiUserStore(Database database, TokenCache<ActiveSession> sessionCache) {
    this(database, sessionCache, null);
  }

  private JdbiUserStore(
      Database database, TokenCache<ActiveSession> sessionCache, @Nullable String actor) {
    this.database = database;
    this.sessionCache = sessionCache;
    this.actor = actor;
  }

  @Override
  public UserStore by(@Nullable String caller) {
    return new JdbiUserStore(database, sessionCache, caller);
  }

  @Override
  public boolean add(StoredUser user) {
    try {
      return database.inTransaction(
          "insert a user",
          handle -> {
            boolean inserted = insert(handle, user);
            Instant at = user.user().createdAt();
            insertEvent(handle, EventType.USER_CREATED, user.user(), at);
            return inserted;
          });
    } catch (WriteConflictException conflict) {
      return false;
    }
  }

  @Override
  public Optional<StoredUser> find(EmailAddress email) {
    return database.query(
        "find a user", handle -> find(handle.createQuery(BY_EMAIL).bind("email", email.value())));
  }

  @Override
  public Optional<StoredUser> find(UserId id) {
    return database.query(
        "find a user", handle -> find(handle.createQuery(BY_ID).bind("id", id.value())));
  }

  @Override
  public List<User> list(@Nullable UserSearchText text, @Nullable UserId after, int limit) {
    return database.query("list users", handle -> list(handle, text, after, limit));
  }

  @Override
  public UpdateResult update(User user, Instant at) {
    try {
      return TransactionRetry.run(() ->
          database.inTransaction(
              "update a user",
              handle -> {
                UpdateResult result = update(handle, user);
                if (result == UpdateResult.DONE) {
                  insertEvent(handle, EventType.USER_UPDATED, user, at);
                }
                return result;
              }));
    } finally {
      sessionCache.invalidateIf(active -> active.session().user().equals(user.id()));
    }
  }

  @Override
  public boolean replaceHash(UserId id, String before, String after) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "replace a password hash",
            handle -> replaceHash(handle, UPDATE_HASH, id, before, after)));
  }

  @Override
  public boolean changePassword(
      UserId id, String before, String after, SessionId session, TokenHash token) {
    try {
      return TransactionRetry.run(() ->
          database.inTransaction(
              "change a password",
              handle -> {
                // The update locks the user, as the creation of a session does.
                boolean changed = replaceHash(handle, CHANGE_PASSWORD, id, before, after);
                if (changed) {
                  JdbiSessionStore.rotateToken(handle, session, id, token);
                }
                return changed;
              }));
    } finally {
      sessionCache.invalidateIf(active -> active.session().user().equals(id));
    }
  }

  @Override
  public boolean replacePassword(UserId id, String hash, Instant expiresAt) {
    try {
      return TransactionRetry.run(() ->
          database.inTransaction(
              "reset a password", handle -> replacePassword(handle, id, hash, expiresAt)));
    } finally {
      sessionCache.invalidateIf(active -> active.session().user().equals(id));
    }
  }

  @Override
  public boolean hasAdmin() {
    return database.query(
        "check for an admin", handle -> handle.createQuery(HAS_ADMIN).mapTo(Boolean.class).one());
  }

  private void insertEvent(Handle handle, EventType type, User user, Instant at) {
    EventWriter.insert(
        handle, database.dialect(), List.of(UserSnapshot.toEvent(type, user, actor, at)));
  }

  /**
   * Inserts a user.
   *
   * @throws WriteConflictException if the email address is taken
   */
  private static boolean insert(Handle handle, StoredUser stored) {
    try {
      return bind(handle.createUpdate(INSERT), stored.user())
              .bind("hash", stored.passwordHash())
              .bind(
                  "changeRequiredAt",
                  stored.passwordExpiresAt() == null ? null : timestamp(stored.passwordExpiresAt()))
              .bind("createdAt", timestamp(stored.user().createdAt()))
              .execute()
          == 1;
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new WriteConflictException(failure);
      }
      throw failure;
    }
  }

  private static boolean replaceHash(
      Handle handle, String update, UserId id, String before, String after) {
    return handle
            .createUpdate(update)
            .bind("id", id.value())
            .bind("before", before)
            .bind("after", after)
            .execute()
        == 1;
  }

  private static boolean replacePassword(Handle handle, UserId id, String hash, Instant expiresAt) {
    int replaced =
        handle
            .createUpdate(RESET_PASSWORD)
            .bind("id", id.value())
            .bind("hash", hash)
            .bind("changeRequiredAt", timestamp(expiresAt))
            .execute();
    JdbiSessionStore.endAllOfUser(handle, id, null);
    return replaced == 1;
  }

  private static Optional<StoredUser> find(Query query) {
    return query.map((row, context) -> IdentityRowMapper.storedUser(row)).findOne();
  }

  private static List<User> list(
      Handle handle, @Nullable UserSearchText text, @Nullable UserId after, int limit) {
    String page = text == null ? PAGE : MATCHING_PAGE;
    String pageAfter = text == null ? PAGE_AFTER : MATCHING_PAGE_AFTER;
    Query query =
        after == null
            ? handle.createQuery(page)
            : handle.createQuery(pageAfter).bind("after", after.value());
    if (text != null) {
      String characters = text.foldedCharacters();
      query
          .bind("text", text.value())
          .bind("characters", characters)
          .bind("folded", UserSearchText.foldCase(characters));
    }
    return query.bind("limit", limit).map((row, context) -> IdentityRowMapper.user(row)).list();
  }

  private static UpdateResult update(Handle handle, User user) {
    List<User> locked = lock(handle, user.id());
    User before =
        locked.stream().filter(each -> each.id().equals(user.id())).findFirst().orElse(null);
    if (before == null || before.version() != user.version() - 1) {
      return UpdateResult.CONFLICT;
    }
    long admins = locked.stream().filter(JdbiUserStore::isAdmin).count();
    if (isAdmin(before) && !isAdmin(user) && admins == 1) {
      return UpdateResult.LAST_ADMIN;
    }
    bind(handle.createUpdate(UPDATE), user).execute();
    if (user.isDisabled()) {
      JdbiSessionStore.endAllOfUser(handle, user.id(), null);
    }
    return UpdateResult.DONE;
  }

  /**
   * Locks a user and all active admins, and reads them after that. Of two transactions that remove
   * admins concurrently, the second sees the change of the first. An admin that is added meanwhile
   * is not seen, which only makes the check stricter.
   */
  private static List<User> lock(Handle handle, UserId id) {
    Set<UUID> ids = new HashSet<>(handle.createQuery(ACTIVE_ADMINS).mapTo(UUID.class).list());
    ids.add(id.value());
    return handle
        .createQuery(LOCK_USERS)
        .bind("ids", uuidArray(ids))
        .map((row, context) -> IdentityRowMapper.user(row))
        .list();
  }

  private static boolean isAdmin(User user) {
    return user.role() == Role.ADMIN && !user.isDisabled();
  }

  private static <T extends SqlStatement<T>> T bind(T statement, User user) {
    return statement
        .bind("id", user.id().value())
        .bind("email", user.email().value())
        .bind("name", user.name())
        .bind("role", enumName(user.role()))
        .bind("disabled", user.isDisabled())
        .bind("version", user.version());
  }
}
