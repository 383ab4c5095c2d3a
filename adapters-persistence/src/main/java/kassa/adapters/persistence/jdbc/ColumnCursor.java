package kassa.adapters.persistence.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a row one after another, by their index: drivers look up a name for each
 * value. Not thread-safe.
 */
public final class ColumnCursor {

  private final ResultSet row;
  private int column;

  /** Starts with the first column. */
  public ColumnCursor(ResultSet row) {
    this.row = row;
  }

  public String text() throws SQLException {
    return row.getString(++column);
  }

  public @Nullable String nullableText() throws SQLException {
    return row.getString(++column);
  }

  public int integer() throws SQLException {
    return row.getInt(++column);
  }

  /** The value; 0 if it is null. */
  public long bigint() throws SQLException {
    return row.getLong(++column);
  }

  public @Nullable Long nullableBigint() throws SQLException {
    long value = row.getLong(++column);
    return row.wasNull() ? null : value;
  }

  public boolean bool() throws SQLException {
    return row.getBoolean(++column);
  }

  public BigDecimal decimal() throws SQLException {
    return row.getBigDecimal(++column);
  }

  public @Nullable BigDecimal nullableDecimal() throws SQLException {
    return row.getBigDecimal(++column);
  }

  public UUID uuid() throws SQLException {
    return row.getObject(++column, UUID.class);
  }

  public @Nullable UUID nullableUuid() throws SQLException {
    return row.getObject(++column, UUID.class);
  }

  public @Nullable Integer nullableInteger() throws SQLException {
    int value = row.getInt(++column);
    return row.wasNull() ? null : value;
  }

  public Instant instant() throws SQLException {
    return row.getObject(++column, OffsetDateTime.class).toInstant();
  }

  public boolean isPresent() throws SQLException {
    return row.getObject(++column) != null;
  }

  /** The elements of an array; empty if it is null. */
  public <T> List<@Nullable T> array(Class<T> type) throws SQLException {
    Array array = row.getArray(++column);
    return array == null
        ? List.of()
        : Stream.of((Object[]) array.getArray()).<@Nullable T>map(type::cast).toList();
  }
}
