package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.uuids;
import static kassa.adapters.persistence.SqlValues.word;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kassa.application.port.out.SessionStore.Live;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** Keeps users in a table. May be used by any number of threads. */
final class JdbiUserStore implements UserStore {

  static final String BY_EMAIL = "select * from users where email = :email";

  static final String BY_ID = "select * from users where id = :id";

  static final String RISING = "select * from users order by id fetch first :limit rows only";

  static final String RISING_AFTER =
      "select * from users where id > :after order by id fetch first :limit rows only";

  static final String ADMINS = "select id from users where role = 'admin' and not disabled";

  /** In the order of all, so that no two transactions wait for each other. */
  static final String LOCK =
      "select * from users where id = any(cast(:ids as uuid array)) order by id for update";

  private static final String HAS_ADMIN = "select exists (" + ADMINS + ")";

  private static final String INSERT =
      """
      insert into users
        (id, email, name, role, disabled, version, password_hash, password_due, created_at)
      values (:id, :email, :name, :role, :disabled, :version, :hash, :due, :createdAt)
      """;

  private static final String UPDATE =
      """
      update users set
        email = :email, name = :name, role = :role, disabled = :disabled, version = :version
      where id = :id
      """;

  private static final String REPLACE_HASH =
      "update users set password_hash = :after where id = :id and password_hash = :before";

  private static final String CHOOSE_PASSWORD =
      """
      update users set password_hash = :after, password_due = null
      where id = :id and password_hash = :before
      """;

  private static final String REPLACE_PASSWORD =
      "update users set password_hash = :hash, password_due = :due where id = :id";

  private static final Set<String> TAKEN = Set.of("23505");

  private final Database database;
  private final TokenCache<Live> sessions;

  /**
   * @param sessions what is remembered of the sessions of these users
   */
  JdbiUserStore(Database database, TokenCache<Live> sessions) {
    this.database = database;
    this.sessions = sessions;
  }

  @Override
  public boolean add(KeptUser user) {
    try {
      return database.change("keep a user", handle -> insert(handle, user));
    } catch (OvertakenException taken) {
      return false;
    }
  }

  @Override
  public Optional<KeptUser> find(EmailAddress email) {
    return database.ask(
        "find a user", handle -> find(handle.createQuery(BY_EMAIL).bind("email", email.value())));
  }

  @Override
  public Optional<KeptUser> find(UserId id) {
    return database.ask(
        "find a user", handle -> find(handle.createQuery(BY_ID).bind("id", id.value())));
  }

  @Override
  public List<User> list(@Nullable UserId after, int limit) {
    return database.ask("list users", handle -> list(handle, after, limit));
  }

  @Override
  public Changing change(User user) {
    try {
      return Retries.run(() -> database.change("change a user", handle -> change(handle, user)));
    } finally {
      sessions.forget(live -> live.session().user().equals(user.id()));
    }
  }

  @Override
  public boolean replaceHash(UserId id, String before, String after) {
    return Retries.run(() ->
        database.change(
            "replace the hash of a password",
            handle -> replaceHash(handle, REPLACE_HASH, id, before, after)));
  }

  @Override
  public boolean changePassword(
      UserId id, String before, String after, SessionId session, TokenHash token) {
    try {
      return Retries.run(() ->
          database.change(
              "change a password",
              handle -> {
                // It locks the user, as those do who begin a session.
                boolean changed = replaceHash(handle, CHOOSE_PASSWORD, id, before, after);
                if (changed) {
                  JdbiSessionStore.renew(handle, session, id, token);
                }
                return changed;
              }));
    } finally {
      sessions.forget(live -> live.session().user().equals(id));
    }
  }

  @Override
  public boolean replacePassword(UserId id, String hash, Instant due) {
    try {
      return Retries.run(() ->
          database.change("replace a password", handle -> replacePassword(handle, id, hash, due)));
    } finally {
      sessions.forget(live -> live.session().user().equals(id));
    }
  }

  @Override
  public boolean hasAdmin() {
    return database.ask(
        "look for an admin", handle -> handle.createQuery(HAS_ADMIN).mapTo(Boolean.class).one());
  }

  /**
   * Writes a user.
   *
   * @throws OvertakenException if there is one of this address
   */
  private static boolean insert(Handle handle, KeptUser kept) {
    try {
      return bind(handle.createUpdate(INSERT), kept.user())
              .bind("hash", kept.passwordHash())
              .bind("due", kept.passwordDue() == null ? null : utc(kept.passwordDue()))
              .bind("createdAt", utc(kept.user().createdAt()))
              .execute()
          == 1;
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        throw new OvertakenException(refused);
      }
      throw refused;
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

  private static boolean replacePassword(Handle handle, UserId id, String hash, Instant due) {
    int replaced =
        handle
            .createUpdate(REPLACE_PASSWORD)
            .bind("id", id.value())
            .bind("hash", hash)
            .bind("due", utc(due))
            .execute();
    JdbiSessionStore.endAll(handle, id, null);
    return replaced == 1;
  }

  private static Optional<KeptUser> find(Query query) {
    return query.map((row, context) -> IdentityRows.keptUser(row)).findOne();
  }

  private static List<User> list(Handle handle, @Nullable UserId after, int limit) {
    Query query =
        after == null
            ? handle.createQuery(RISING)
            : handle.createQuery(RISING_AFTER).bind("after", after.value());
    return query.bind("limit", limit).map((row, context) -> IdentityRows.user(row)).list();
  }

  private static Changing change(Handle handle, User user) {
    List<User> locked = lock(handle, user.id());
    User before =
        locked.stream().filter(each -> each.id().equals(user.id())).findFirst().orElse(null);
    if (before == null || before.version() != user.version() - 1) {
      return Changing.OVERTAKEN;
    }
    long admins = locked.stream().filter(JdbiUserStore::isAdmin).count();
    if (isAdmin(before) && !isAdmin(user) && admins == 1) {
      return Changing.LAST_ADMIN;
    }
    bind(handle.createUpdate(UPDATE), user).execute();
    if (user.disabled()) {
      JdbiSessionStore.endAll(handle, user.id(), null);
    }
    return Changing.MADE;
  }

  /**
   * Locks a user and all admins, as they are then. Of those who take admins away at once, the
   * second sees what the first has done; an admin who is made meanwhile is not seen, and not
   * needed.
   */
  private static List<User> lock(Handle handle, UserId id) {
    Set<UUID> ids = new HashSet<>(handle.createQuery(ADMINS).mapTo(UUID.class).list());
    ids.add(id.value());
    return handle
        .createQuery(LOCK)
        .bind("ids", uuids(ids))
        .map((row, context) -> IdentityRows.user(row))
        .list();
  }

  private static boolean isAdmin(User user) {
    return user.role() == Role.ADMIN && !user.disabled();
  }

  private static <T extends SqlStatement<T>> T bind(T statement, User user) {
    return statement
        .bind("id", user.id().value())
        .bind("email", user.email().value())
        .bind("name", user.name())
        .bind("role", word(user.role()))
        .bind("disabled", user.disabled())
        .bind("version", user.version());
  }
}
