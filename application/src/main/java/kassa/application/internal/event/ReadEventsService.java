package kassa.application.internal.event;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.event.ReadEvents;
import kassa.application.port.out.event.EventLog;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventType;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;

/** Reads the events of what a caller may read. */
public final class ReadEventsService implements ReadEvents {

  private final EventLog log;
  private final EventFeed feed;
  private final Set<EventType> readable;

  private ReadEventsService(EventLog log, EventFeed feed, Caller caller) {
    this.log = log;
    this.feed = feed;
    this.readable = EnumSet.noneOf(EventType.class);
    for (EventType type : EventType.values()) {
      if (caller.hasPermission(type.permission())) {
        readable.add(type);
      }
    }
  }

  /** Secures reading events for every caller. */
  public static Secured<ReadEvents> secure(
      EventLog log, EventFeed feed, Authorization authorization) {
    return authorization.requiring(
        Permission.READ_EVENTS, caller -> new ReadEventsService(log, feed, caller));
  }

  @Override
  public EventPage read(EventPosition after, EventFilter filter, int limit) {
    return log.read(after, readable(filter), limit);
  }

  @Override
  public EventPosition latest() {
    return log.latest();
  }

  @Override
  public boolean isKnown(EventPosition position) {
    return log.isKnown(position);
  }

  @Override
  public Follower follow() {
    Follower follower = feed.follow();
    return new Follower() {

      @Override
      public EventPage next(EventPosition after, EventFilter filter, int limit, Duration timeout)
          throws InterruptedException {
        return follower.next(after, readable(filter), limit, timeout);
      }

      @Override
      public void close() {
        follower.close();
      }
    };
  }

  private EventFilter readable(EventFilter filter) {
    Set<EventType> types = EnumSet.copyOf(readable);
    types.retainAll(filter.types());
    return new EventFilter(types, filter.subject());
  }
}
