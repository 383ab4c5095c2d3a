package kassa.domain.identity;

/**
 * Stored event of the audit log.
 *
 * @param number a sequence number, higher for later events; there may be gaps
 * @param event the event
 */
public record StoredAuditEvent(long number, AuditEvent event) {}
