package kassa.adapters.http.identity;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.identity.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * Page of the audit log of users, sessions and API keys.
 *
 * @param data the events, newest first
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record AuditLogPageResponse(List<Event> data, @Nullable String nextCursor) {

  /**
   * Audit event.
   *
   * @param at time of the event
   * @param type kind of event
   * @param actor who caused it; {@code null} if unknown
   * @param subject the affected user, session or key; {@code null} if there is none
   * @param address IP address of the client; {@code null} if it did not come over the network
   * @param detail more information; may be {@code null}
   */
  public record Event(
      String at,
      String type,
      @Nullable String actor,
      @Nullable String subject,
      @Nullable String address,
      @Nullable String detail) {

    /** Converts an audit event to its response. */
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
