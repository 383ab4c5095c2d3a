package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableInstant;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.application.port.out.identity.SessionStore.ActiveSession;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.StoredAuditEvent;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;

/**
 * Maps rows to users, sessions, API keys and audit events. Each method throws {@link
 * IllegalStateException} if the row is damaged; the message contains its id.
 */
final class IdentityRowMapper {

  private interface RowFunction<T> {

    T read() throws SQLException;
  }

  private IdentityRowMapper() {}

  static User user(ResultSet row) throws SQLException {
    UserId id = new UserId(uuid(row, "id"));
    return readOrThrowDamaged(
        "user " + id,
        () ->
            new User(
                id,
                new EmailAddress(row.getString("email")),
                row.getString("name"),
                parseEnum(Role.class, row.getString("role")),
                row.getBoolean("disabled"),
                row.getInt("version"),
                instant(row, "created_at")));
  }

  static StoredUser storedUser(ResultSet row) throws SQLException {
    return new StoredUser(
        user(row),
        row.getString("password_hash"),
        nullableInstant(row, "password_change_required_at"));
  }

  static Session session(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(uuid(row, "id")),
        new UserId(uuid(row, "user_id")),
        row.getString("user_agent"),
        row.getString("ip_address"),
        instant(row, "created_at"),
        instant(row, "last_used_at"),
        row.getBoolean("local_operator"));
  }

  /** The sessions of all rows, whose columns are in the order of the constructor. */
  static List<Session> sessions(ResultSet rows) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    while (rows.next()) {
      ColumnCursor row = new ColumnCursor(rows);
      sessions.add(
          new Session(
              new SessionId(row.uuid()),
              new UserId(row.uuid()),
              row.nullableText(),
              row.text(),
              row.instant(),
              row.instant(),
              row.bool()));
    }
    return sessions;
  }

  /** A session with the role of its user. */
  static ActiveSession activeSession(ResultSet row) throws SQLException {
    Session session = session(row);
    return readOrThrowDamaged(
        "user " + session.user(),
        () ->
            new ActiveSession(
                session,
                parseEnum(Role.class, row.getString("role")),
                nullableInstant(row, "password_change_required_at")));
  }

  static ApiKey apiKey(ResultSet row) throws SQLException {
    ApiKeyId id = new ApiKeyId(uuid(row, "id"));
    return readOrThrowDamaged(
        "API key " + id,
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

  static StoredAuditEvent auditEvent(ResultSet row) throws SQLException {
    long number = row.getLong("sequence_number");
    return readOrThrowDamaged(
        "audit event " + number,
        () ->
            new StoredAuditEvent(
                number,
                new AuditEvent(
                    instant(row, "occurred_at"),
                    parseEnum(AuditEvent.Kind.class, row.getString("event_type")),
                    row.getString("actor"),
                    row.getString("subject"),
                    row.getString("ip_address"),
                    row.getString("detail"))));
  }

  private static Set<Scope> scopes(ResultSet row) throws SQLException {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : SqlValues.arrayColumn(row, "scopes", String.class)) {
      scopes.add(
          Scope.of(String.valueOf(name))
              .orElseThrow(() -> new IllegalArgumentException("unknown scope " + name)));
    }
    return scopes;
  }

  private static <T> T readOrThrowDamaged(String description, RowFunction<T> read)
      throws SQLException {
    try {
      return read.read();
    } catch (IllegalArgumentException damage) {
      throw new IllegalStateException(description + " is damaged in the database", damage);
    }
  }
}
