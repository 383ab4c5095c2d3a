package kassa.contract.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kassa.application.port.out.event.EventLog;
import kassa.domain.event.Event;
import kassa.domain.event.EventData;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventId;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventSubject;
import kassa.domain.event.EventType;
import org.jspecify.annotations.Nullable;

/** In-memory log of the events of orders, of {@link InMemoryStores}. */
public final class InMemoryEventLog implements EventLog {

  private final InMemoryStores stores;

  InMemoryEventLog(InMemoryStores stores) {
    this.stores = stores;
  }

  static void append(
      InMemoryStores stores,
      EventType type,
      EventSubject subject,
      int sequence,
      @Nullable String actor,
      Instant at,
      EventData data) {
    UUID id = new UUID(at.toEpochMilli() << 16 | 0x7000, ++stores.lastEvent);
    EventPosition position = new EventPosition(0, stores.lastEvent, stores.lastEvent);
    stores.eventLog.add(
        new Event(position, new EventId(id), type, subject, sequence, actor, at, data));
    Runnable listener = stores.commitListener;
    if (listener != null) {
      listener.run();
    }
  }

  @Override
  public EventPage read(EventPosition after, EventFilter filter, int limit) {
    if (limit < 1 || limit > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE_SIZE);
    }
    synchronized (stores) {
      stores.requireAvailable();
      List<Event> found = new ArrayList<>();
      EventPosition next = after;
      for (Event event : stores.eventLog) {
        if (event.position().compareTo(after) > 0) {
          if (filter.matches(event)) {
            if (found.size() == limit) {
              return new EventPage(found, next, true);
            }
            found.add(event);
          }
          next = event.position();
        }
      }
      return new EventPage(found, next, false);
    }
  }

  @Override
  public EventPosition latest() {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.eventLog.isEmpty() ? stores.purgedEvent : stores.eventLog.getLast().position();
    }
  }

  @Override
  public boolean isKnown(EventPosition position) {
    synchronized (stores) {
      stores.requireAvailable();
      return position.equals(stores.purgedEvent)
          || stores.eventLog.stream().anyMatch(event -> event.position().equals(position));
    }
  }

  @Override
  public int purge(Instant before) {
    synchronized (stores) {
      stores.requireAvailable();
      int deleted = 0;
      while (!stores.eventLog.isEmpty()
          && stores.eventLog.getFirst().occurredAt().isBefore(before)) {
        stores.purgedEvent = stores.eventLog.removeFirst().position();
        deleted++;
      }
      return deleted;
    }
  }

  @Override
  public void onLocalCommit(@Nullable Runnable listener) {
    stores.commitListener = listener;
  }
}
