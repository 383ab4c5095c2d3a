package kassa.adapters.persistence.event.log;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.PlainJdbc;
import kassa.domain.event.EventPosition;
import org.jdbi.v3.core.Handle;

/** Reads and deletes the rows of events, in the order of the log. */
public final class EventQueries {

  private static final String COLUMNS =
      "e.position, e.event_id, e.event_type, e.subject_id, e.sku, e.version, e.actor,\n"
          + "  e.occurred_at, e.data";

  /**
   * All transactions below this number have ended: what they wrote is visible to this statement,
   * and nothing is added.
   */
  private static final String BELOW_RUNNING_TRANSACTIONS =
      """
      e.transaction_id < (
        select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)
          + transaction_offset
        from event_log)
      """;

  public static final String AFTER_ON_H2 =
      """
      select 0, %s
      from events e
      where e.position > ?
      order by e.position
      fetch first ? rows only
      """
          .formatted(COLUMNS);

  public static final String AFTER_ON_POSTGRESQL =
      """
      select e.transaction_id, %s
      from events e
      where (e.transaction_id, e.position) > (?, ?) and %s
      order by e.transaction_id, e.position
      fetch first ? rows only
      """
          .formatted(COLUMNS, BELOW_RUNNING_TRANSACTIONS);

  public static final String LATEST_ON_H2 =
      "select 0, %s\nfrom events e order by e.position desc fetch first row only"
          .formatted(COLUMNS);

  public static final String LATEST_ON_POSTGRESQL =
      """
      select e.transaction_id, %s
      from events e
      where %s
      order by e.transaction_id desc, e.position desc
      fetch first row only
      """
          .formatted(COLUMNS, BELOW_RUNNING_TRANSACTIONS);

  private static final String AT_ON_H2 = "select event_id from events where position = ?";

  private static final String AT_ON_POSTGRESQL =
      "select event_id from events where transaction_id = ? and position = ?";

  private static final String PURGED =
      "select purged_transaction, purged_position, purged_check from event_log";

  private static final String DELETE_ON_H2 = "delete from events where position <= ?";

  private static final String DELETE_ON_POSTGRESQL =
      "delete from events where (transaction_id, position) <= (?, ?)";

  private static final String SET_PURGED =
      """
      update event_log set
        purged_transaction = :transaction, purged_position = :number, purged_check = :check
      """;

  private EventQueries() {}

  static List<EventRow> after(Handle handle, Dialect dialect, EventPosition after, int limit) {
    boolean isH2 = dialect == Dialect.H2;
    return PlainJdbc.query(
        handle,
        isH2 ? AFTER_ON_H2 : AFTER_ON_POSTGRESQL,
        statement -> {
          int parameter = 0;
          if (!isH2) {
            statement.setLong(++parameter, after.transaction());
          }
          statement.setLong(++parameter, after.number());
          statement.setInt(++parameter, limit);
          try (ResultSet rows = statement.executeQuery()) {
            List<EventRow> found = new ArrayList<>();
            while (rows.next()) {
              found.add(EventRow.of(new ColumnCursor(rows)));
            }
            return found;
          }
        });
  }

  static Optional<EventPosition> latest(Handle handle, Dialect dialect) {
    return PlainJdbc.query(
        handle,
        dialect == Dialect.H2 ? LATEST_ON_H2 : LATEST_ON_POSTGRESQL,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                ? Optional.of(EventRow.of(new ColumnCursor(rows)).position())
                : Optional.empty();
          }
        });
  }

  /** Whether the event of a position is stored. */
  static boolean exists(Handle handle, Dialect dialect, EventPosition position) {
    boolean isH2 = dialect == Dialect.H2;
    return PlainJdbc.query(
        handle,
        isH2 ? AT_ON_H2 : AT_ON_POSTGRESQL,
        statement -> {
          int parameter = 0;
          if (!isH2) {
            statement.setLong(++parameter, position.transaction());
          }
          statement.setLong(++parameter, position.number());
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                && rows.getObject(1, UUID.class).getLeastSignificantBits() == position.check();
          }
        });
  }

  /** The newest event that was deleted after its retention. */
  static EventPosition purged(Handle handle) {
    return purged(handle, PURGED);
  }

  /** The same, and locks it, so that one node deletes at a time. */
  static EventPosition lockPurged(Handle handle) {
    return purged(handle, PURGED + " for update");
  }

  private static EventPosition purged(Handle handle, String sql) {
    return handle
        .createQuery(sql)
        .map((row, context) -> new EventPosition(row.getLong(1), row.getLong(2), row.getLong(3)))
        .one();
  }

  /** Deletes the events up to a position. */
  static int deleteUpTo(Handle handle, Dialect dialect, EventPosition last) {
    handle
        .createUpdate(SET_PURGED)
        .bind("transaction", last.transaction())
        .bind("number", last.number())
        .bind("check", last.check())
        .execute();
    boolean isH2 = dialect == Dialect.H2;
    return PlainJdbc.query(
        handle,
        isH2 ? DELETE_ON_H2 : DELETE_ON_POSTGRESQL,
        statement -> {
          int parameter = 0;
          if (!isH2) {
            statement.setLong(++parameter, last.transaction());
          }
          statement.setLong(++parameter, last.number());
          return statement.executeUpdate();
        });
  }
}
