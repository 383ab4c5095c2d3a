package kassa.domain.identity;

/**
 * An event that is kept.
 *
 * @param number higher for later ones; there may be gaps
 * @param event what happened
 */
public record StoredAuditEvent(long number, AuditEvent event) {}
