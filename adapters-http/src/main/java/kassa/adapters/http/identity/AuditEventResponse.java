package kassa.adapters.http.identity;

import kassa.adapters.http.json.EnumNames;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

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
public record AuditEventResponse(
    String at,
    String type,
    @Nullable String actor,
    @Nullable String subject,
    @Nullable String address,
    @Nullable String detail) {

  /** Converts an audit event to its response. */
  public static AuditEventResponse of(StoredAuditEvent stored) {
    AuditEvent event = stored.event();
    return new AuditEventResponse(
        event.at().toString(),
        EnumNames.of(event.kind()),
        event.actor(),
        event.subject(),
        event.address(),
        event.detail());
  }
}
