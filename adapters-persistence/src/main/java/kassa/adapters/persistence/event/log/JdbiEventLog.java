package kassa.adapters.persistence.event.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.OrderVersions;
import kassa.application.port.out.event.EventLog;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads and deletes the events that the other stores write. Thread-safe. */
public final class JdbiEventLog implements EventLog {

  /** Rows that a read with a filter looks at. */
  private static final int MAX_SCANNED = 2_000;

  /** Lines of the orders of a page; one order may have more. */
  private static final int MAX_LINES = 10_000;

  /** Rows that one transaction deletes. */
  private static final int PURGE_PORTION = 1_000;

  private final Database database;

  public JdbiEventLog(Database database) {
    this.database = database;
  }

  @Override
  public EventPage read(EventPosition after, EventFilter filter, int limit) {
    if (limit < 1 || limit > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE_SIZE);
    }
    return database.queryDurable("read events", handle -> read(handle, after, filter, limit));
  }

  private EventPage read(Handle handle, EventPosition after, EventFilter filter, int limit) {
    int scanned = filter.equals(EventFilter.ALL) ? limit + 1 : MAX_SCANNED;
    List<EventRow> rows = EventQueries.after(handle, database.dialect(), after, scanned);
    List<EventRow> found = new ArrayList<>();
    EventPosition next = after;
    boolean hasMore = rows.size() == scanned;
    for (EventRow row : rows) {
      boolean matches =
          row.type().filter(type -> filter.matches(type, row.subject(type))).isPresent();
      if (matches && found.size() == limit) {
        hasMore = true;
        break;
      }
      if (matches) {
        found.add(row);
      }
      next = row.position();
    }
    List<EventRow> page = withinMaxLines(handle, found);
    return new EventPage(
        EventDataReader.read(handle, database.dialect(), page),
        page.size() < found.size() ? page.getLast().position() : next,
        hasMore || page.size() < found.size());
  }

  /** Large orders are read in shorter pages. */
  private static List<EventRow> withinMaxLines(Handle handle, List<EventRow> rows) {
    List<UUID> orders =
        rows.stream()
            .filter(EventDataReader::isOfOrder)
            .map(EventRow::subjectUuid)
            .distinct()
            .toList();
    if (orders.size() <= 1) {
      return rows;
    }
    Map<UUID, Integer> lines = OrderVersions.countLines(handle, orders);
    int sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      EventRow row = rows.get(i);
      sum += EventDataReader.isOfOrder(row) ? lines.getOrDefault(row.subjectUuid(), 0) : 0;
      if (sum > MAX_LINES && i > 0) {
        return rows.subList(0, i);
      }
    }
    return rows;
  }

  @Override
  public EventPosition latest() {
    return database.queryDurable(
        "read the newest event",
        handle ->
            EventQueries.latest(handle, database.dialect())
                .orElseGet(() -> EventQueries.purged(handle)));
  }

  @Override
  public boolean isKnown(EventPosition position) {
    return database.query(
        "look for an event",
        handle ->
            EventQueries.exists(handle, database.dialect(), position)
                || EventQueries.purged(handle).equals(position));
  }

  @Override
  public int purge(Instant before) {
    return database.inTransaction("delete old events", handle -> purge(handle, before));
  }

  private int purge(Handle handle, Instant before) {
    Dialect dialect = database.dialect();
    EventPosition purged = EventQueries.lockPurged(handle);
    EventPosition last = null;
    for (EventRow row : EventQueries.after(handle, dialect, purged, PURGE_PORTION)) {
      if (!row.occurredAt().isBefore(before)) {
        break;
      }
      last = row.position();
    }
    return last == null ? 0 : EventQueries.deleteUpTo(handle, dialect, last);
  }

  @Override
  public void onLocalCommit(@Nullable Runnable listener) {
    database.onCommit(listener);
  }
}
