package kassa.adapters.http.identity;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.identity.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * A page of what happened to users, sessions and keys.
 *
 * @param data the events, newest first
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record AuditLogPageResponse(List<Event> data, @Nullable String nextCursor) {

  /**
   * One event.
   *
   * @param at when
   * @param type what happened
   * @param actor who did it, if that is known
   * @param subject whom or what it happened to, if it was anybody
   * @param address where it came from, if it came over the network
   * @param detail what else is to be known
   */
  public record Event(
      String at,
      String type,
      @Nullable String actor,
      @Nullable String subject,
      @Nullable String address,
      @Nullable String detail) {

    /** Writes an event down. */
    public static Event of(AuditEvent event) {
      return new Event(
          event.at().toString(),
          EnumNames.of(event.kind()),
          event.actor(),
          event.subject(),
          event.address(),
          event.detail());
    }
  }
}
