package kassa.adapters.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;

/** Values as both drivers take and give them, whatever zone the process or the session is in. */
final class SqlValues {

  private SqlValues() {}

  static Argument utc(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    return (position, statement, context) -> statement.setObject(position, time);
  }

  static Argument uuids(Collection<UUID> ids) {
    Object[] elements = ids.toArray();
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf("uuid", elements));
  }

  /** What they write themselves as, as an array of varchar. */
  static Argument texts(Collection<?> texts) {
    Object[] elements = texts.stream().map(Object::toString).toArray();
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf("varchar", elements));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }
}
