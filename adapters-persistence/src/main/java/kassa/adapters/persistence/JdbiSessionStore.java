package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.utc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.TokenHash;
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
final class JdbiSessionStore implements SessionStore {

  static final String BY_TOKEN =
      """
      select s.*, u.role, u.password_due
      from sessions s
      join users u on u.id = s.user_id
      where s.token_hash = :token and not u.disabled
      """;

  static final String OF_USER =
      """
      select * from sessions
      where user_id = :user and last_used_at > :usedAfter and created_at > :begunAfter
      """;

  /** Whoever changes several sessions of a user has the user to himself. */
  static final String LOCK_USER =
      "select id from users where id = :user and not disabled for update";

  private static final String INSERT =
      """
      insert into sessions (id, user_id, token_hash, device, address, created_at, last_used_at)
      values (:id, :user, :token, :device, :address, :createdAt, :lastUsedAt)
      """;

  private static final String TOUCH =
      "update sessions set last_used_at = :at where id = :id and last_used_at < :at";

  private static final String RENEW =
      "update sessions set token_hash = :token where id = :id and user_id = :user";

  private static final String END = "delete from sessions where id = :id and user_id = :user";

  private static final String END_ALL = "delete from sessions where user_id = :user";

  private static final String END_OTHERS = END_ALL + " and id <> :but";

  private static final String END_EVERYBODYS = "delete from sessions";

  private static final String END_EVERYBODYS_OTHERS = END_EVERYBODYS + " where id <> :but";

  private static final String FORGET =
      "delete from sessions where last_used_at < :usedBefore or created_at < :begunBefore";

  private final Database database;
  private final TokenCache<Live> remembered;
  private final Touches<SessionId> touches = new Touches<>();

  /**
   * @param remembered what the tokens were found to be
   */
  JdbiSessionStore(Database database, TokenCache<Live> remembered) {
    this.database = database;
    this.remembered = remembered;
  }

  @Override
  public boolean begin(Session session, TokenHash token) {
    return Retries.run(
        () -> database.change("begin a session", handle -> begin(handle, session, token)));
  }

  @Override
  public Optional<Live> find(TokenHash token) {
    return remembered.find(
        token, unknown -> database.ask("find a session", handle -> find(handle, unknown)));
  }

  @Override
  public void touch(SessionId id, Instant at) {
    touches.note(
        id,
        () -> {
          var _ =
              change(
                  "note that a session was used",
                  handle -> handle.createUpdate(TOUCH).bind("id", id.value()).bind("at", utc(at)),
                  live -> live.session().id().equals(id));
        });
  }

  @Override
  public List<Session> list(UserId user, Instant usedAfter, Instant begunAfter) {
    return database.ask(
        "list sessions",
        handle ->
            handle
                .createQuery(OF_USER)
                .bind("user", user.value())
                .bind("usedAfter", utc(usedAfter))
                .bind("begunAfter", utc(begunAfter))
                .map((row, context) -> IdentityRows.session(row))
                .list());
  }

  @Override
  public boolean end(SessionId id, UserId user) {
    return change(
            "end a session",
            handle -> handle.createUpdate(END).bind("id", id.value()).bind("user", user.value()),
            live -> live.session().id().equals(id))
        == 1;
  }

  @Override
  public int endAll(UserId user, @Nullable SessionId but) {
    try {
      return Retries.run(() ->
          database.change(
              "end sessions",
              handle -> {
                lock(handle, user);
                return endAll(handle, user, but);
              }));
    } finally {
      remembered.forget(live -> live.session().user().equals(user));
    }
  }

  @Override
  public int endEverybodys(@Nullable SessionId but) {
    return change(
        "end the sessions of everybody",
        handle ->
            but == null
                ? handle.createUpdate(END_EVERYBODYS)
                : handle.createUpdate(END_EVERYBODYS_OTHERS).bind("but", but.value()),
        live -> true);
  }

  @Override
  public int forget(Instant usedBefore, Instant begunBefore) {
    return change(
        "forget old sessions",
        handle ->
            handle
                .createUpdate(FORGET)
                .bind("usedBefore", utc(usedBefore))
                .bind("begunBefore", utc(begunBefore)),
        live -> true);
  }

  /** Ends the sessions of a user whose row is locked, but one, if one is named. */
  static int endAll(Handle handle, UserId user, @Nullable SessionId but) {
    Update update =
        but == null
            ? handle.createUpdate(END_ALL)
            : handle.createUpdate(END_OTHERS).bind("but", but.value());
    return update.bind("user", user.value()).execute();
  }

  /**
   * Gives a session another token, and ends all others of its user, whose row is locked. If there
   * is no such session of theirs, all end.
   */
  static void renew(Handle handle, SessionId id, UserId user, TokenHash token) {
    int renewed =
        handle
            .createUpdate(RENEW)
            .bind("id", id.value())
            .bind("user", user.value())
            .bind("token", token.value())
            .execute();
    endAll(handle, user, renewed == 0 ? null : id);
  }

  /** Makes a change, and forgets what it made untrue, also when nobody knows whether it is made. */
  private int change(String purpose, Function<Handle, Update> update, Predicate<Live> untrue) {
    try {
      return Retries.run(() -> database.change(purpose, handle -> update.apply(handle).execute()));
    } finally {
      remembered.forget(untrue);
    }
  }

  private static Optional<Live> find(Handle handle, TokenHash token) {
    return handle
        .createQuery(BY_TOKEN)
        .bind("token", token.value())
        .map((row, context) -> IdentityRows.live(row))
        .findOne();
  }

  private static boolean begin(Handle handle, Session session, TokenHash token) {
    // Whoever disables the user comes before, and is seen, or afterwards, and ends this session.
    if (!lock(handle, session.user())) {
      return false;
    }
    handle
        .createUpdate(INSERT)
        .bind("id", session.id().value())
        .bind("user", session.user().value())
        .bind("token", token.value())
        .bind("device", session.device())
        .bind("address", session.address())
        .bind("createdAt", utc(session.createdAt()))
        .bind("lastUsedAt", utc(session.lastUsedAt()))
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
