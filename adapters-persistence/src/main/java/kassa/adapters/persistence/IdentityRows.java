package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.instant;
import static kassa.adapters.persistence.SqlValues.nullableInstant;
import static kassa.adapters.persistence.SqlValues.uuid;
import static kassa.adapters.persistence.SqlValues.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import kassa.application.port.out.SessionStore.Live;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.KeptEvent;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;

/**
 * What rows say of those who may ask for something. Each method throws {@link
 * IllegalStateException} if its row is damaged; the message names it.
 */
final class IdentityRows {

  private interface Reading<T> {

    T read() throws SQLException;
  }

  private IdentityRows() {}

  static User user(ResultSet row) throws SQLException {
    UserId id = new UserId(uuid(row, "id"));
    return sound(
        "user " + id,
        () ->
            new User(
                id,
                new EmailAddress(row.getString("email")),
                row.getString("name"),
                word(Role.class, row.getString("role")),
                row.getBoolean("disabled"),
                row.getInt("version"),
                instant(row, "created_at")));
  }

  static KeptUser keptUser(ResultSet row) throws SQLException {
    return new KeptUser(
        user(row), row.getString("password_hash"), nullableInstant(row, "password_due"));
  }

  static Session session(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(uuid(row, "id")),
        new UserId(uuid(row, "user_id")),
        row.getString("device"),
        row.getString("address"),
        instant(row, "created_at"),
        instant(row, "last_used_at"));
  }

  /** A session, and what its user may do. */
  static Live live(ResultSet row) throws SQLException {
    Session session = session(row);
    return sound(
        "user " + session.user(),
        () ->
            new Live(
                session,
                word(Role.class, row.getString("role")),
                nullableInstant(row, "password_due")));
  }

  static ApiKey key(ResultSet row) throws SQLException {
    ApiKeyId id = new ApiKeyId(uuid(row, "id"));
    return sound(
        "key " + id,
        () ->
            new ApiKey(
                id,
                row.getString("name"),
                scopes(row),
                row.getString("created_by"),
                instant(row, "created_at"),
                nullableInstant(row, "expires_at"),
                nullableInstant(row, "revoked_at"),
                nullableInstant(row, "last_used_at")));
  }

  static KeptEvent event(ResultSet row) throws SQLException {
    long number = row.getLong("number");
    return sound(
        "audit event " + number,
        () ->
            new KeptEvent(
                number,
                new AuditEvent(
                    instant(row, "happened_at"),
                    word(AuditEvent.Kind.class, row.getString("kind")),
                    row.getString("actor"),
                    row.getString("subject"),
                    row.getString("address"),
                    row.getString("detail"))));
  }

  private static Set<Scope> scopes(ResultSet row) throws SQLException {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : SqlValues.list(row, "scopes", String.class)) {
      scopes.add(
          Scope.of(String.valueOf(word))
              .orElseThrow(() -> new IllegalArgumentException("there is no scope " + word)));
    }
    return scopes;
  }

  private static <T> T sound(String what, Reading<T> reading) throws SQLException {
    try {
      return reading.read();
    } catch (IllegalArgumentException damage) {
      throw new IllegalStateException(what + " is damaged in the database", damage);
    }
  }
}
