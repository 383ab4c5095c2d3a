package kassa.domain.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Event: something changed. It was stored in the transaction of the change.
 *
 * @param position the position in the order of all events
 * @param id the id
 * @param type what happened
 * @param subject what changed
 * @param sequence the version of the subject after the event: that of the order, product or user,
 *     or the revision of the rule; {@code null} for events of codes and limits
 * @param actor the name of the caller: {@code usr_...}, {@code key_...} or {@code local_operator};
 *     {@code null} if unknown
 * @param occurredAt the time of the change, to the microsecond
 * @param data the subject after the event
 */
public record Event(
    EventPosition position,
    EventId id,
    EventType type,
    EventSubject subject,
    @Nullable Integer sequence,
    @Nullable String actor,
    Instant occurredAt,
    EventData data) {}
