package kassa.domain.event;

import java.util.List;

/**
 * Page of events.
 *
 * @param events the events that match the filter, in order; can be empty although there are more
 * @param next the position after which the next page starts: that of the last event that was looked
 *     at, whether it matches or not
 * @param hasMore whether there may be more events after {@code next} now
 */
public record EventPage(List<Event> events, EventPosition next, boolean hasMore) {

  /** Copies the list. */
  public EventPage {
    events = List.copyOf(events);
  }
}
