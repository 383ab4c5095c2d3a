package kassa.domain.event;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filter of events. Immutable.
 *
 * @param types the types of events to read
 * @param subject the id of the subject as clients see it; {@code null} for all subjects
 */
public record EventFilter(Set<EventType> types, @Nullable String subject) {

  /** All events. */
  public static final EventFilter ALL = new EventFilter(EnumSet.allOf(EventType.class), null);

  /** Copies the types. */
  public EventFilter {
    EnumSet<EventType> copy = EnumSet.noneOf(EventType.class);
    copy.addAll(types);
    types = Collections.unmodifiableSet(copy);
  }

  /** Returns whether an event with this type and subject is read. */
  public boolean matches(EventType type, EventSubject eventSubject) {
    return types.contains(type) && (subject == null || subject.equals(eventSubject.id()));
  }

  /** Returns whether an event is read. */
  public boolean matches(Event event) {
    return matches(event.type(), event.subject());
  }
}
