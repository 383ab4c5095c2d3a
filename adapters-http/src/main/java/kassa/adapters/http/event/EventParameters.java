package kassa.adapters.http.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.QueryParameters;
import kassa.application.port.in.event.ReadEvents;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventType;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that select events, and their cursors. */
final class EventParameters {

  /** Value of {@code after} for the position of the newest event. */
  static final String LATEST = "latest";

  private static final int MAX_SUBJECT_LENGTH = 64;

  private EventParameters() {}

  /** Reads {@code type} and {@code subject}. */
  static EventFilter filter(QueryParameters query) {
    Set<EventType> types = query.read("type", EventParameters::parseTypes);
    String subject =
        query.read("subject", text -> PlainText.singleLine("subject", text, MAX_SUBJECT_LENGTH));
    return new EventFilter(types == null ? EventFilter.ALL.types() : types, subject);
  }

  private static Set<EventType> parseTypes(String list) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : list.split(",", -1)) {
      Set<EventType> named =
          Arrays.stream(EventType.values())
              .filter(type -> matches(type.wireName(), name))
              .collect(Collectors.toSet());
      if (named.isEmpty()) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE, "type must be a comma-separated list of " + names());
      }
      types.addAll(named);
    }
    return types;
  }

  private static boolean matches(String type, String name) {
    return type.equals(name)
        || (name.endsWith(".*") && type.startsWith(name.substring(0, name.length() - 1)));
  }

  private static String names() {
    return Stream.concat(
            Arrays.stream(EventType.values()).map(EventType::wireName),
            Stream.of("order.*", "rule.*", "code.*", "limit.*", "product.*", "user.*"))
        .collect(Collectors.joining(", "));
  }

  static String encode(Cursors cursors, EventPosition position) {
    return cursors.encode(CursorType.EVENTS, position, "");
  }

  /**
   * Returns the position of {@code after}.
   *
   * @param after a cursor or {@value #LATEST}; {@code null} for the oldest event
   * @throws ProblemException if it is not a cursor, or if the events after it are not all there
   */
  static EventPosition position(Cursors cursors, ReadEvents events, @Nullable String after) {
    if (after == null) {
      return EventPosition.START;
    }
    if (after.equals(LATEST)) {
      return events.latest();
    }
    EventPosition position = cursors.decode(CursorType.EVENTS, after, "");
    if (!events.isKnown(position)) {
      throw new ProblemException(
          ProblemKind.CURSOR_EXPIRED,
          "The events after this cursor were deleted, or the database was restored from a backup."
              + " Read the orders, rules and products again, and continue with after=latest.");
    }
    return position;
  }
}
