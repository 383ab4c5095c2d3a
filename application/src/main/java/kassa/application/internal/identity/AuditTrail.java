package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.identity.AuditLog;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit log of users, sessions, API keys and webhooks. Events that an attacker could
 * trigger without limit are debounced. Thread-safe.
 */
public final class AuditTrail {

  /** Within this interval, equal debounced events are written once. */
  static final Duration REPEAT_INTERVAL = Duration.ofMinutes(10);

  /**
   * Maximum number of debounced events per interval, which limits the audit log to a few MB per
   * day.
   */
  static final int MAX_REPEATABLE_EVENTS = 100;

  private final AuditLog log;
  private final InstantSource clock;
  private final Set<AuditEvent> recentEvents = new HashSet<>();
  private Instant recentUntil = Instant.MIN;

  public AuditTrail(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Writes an event.
   *
   * @throws StoreUnavailableException if it is unknown whether the event was stored
   */
  public void write(
      Kind kind,
      @Nullable String actor,
      @Nullable Object subject,
      @Nullable String address,
      @Nullable String detail) {
    String text = subject == null ? null : subject.toString();
    log.append(new AuditEvent(clock.instant(), kind, actor, text, address, detail));
  }

  /**
   * Writes a debounced event: for events that cost the client nothing. It is dropped if an equal
   * event or {@value #MAX_REPEATABLE_EVENTS} other events were written in the current interval. A
   * failure of the store is ignored, because the request is refused anyway.
   */
  public void writeDebounced(
      Kind kind,
      @Nullable String actor,
      @Nullable Object subject,
      @Nullable String address,
      @Nullable String detail) {
    String text = subject == null ? null : subject.toString();
    Instant now = clock.instant();
    if (isNew(new AuditEvent(Instant.EPOCH, kind, actor, text, address, detail), now)) {
      try {
        log.append(new AuditEvent(now, kind, actor, text, address, detail));
      } catch (StoreUnavailableException unavailable) {
        // The caller already has the result; the outage is reported by other requests.
      }
    }
  }

  private synchronized boolean isNew(AuditEvent event, Instant now) {
    if (!now.isBefore(recentUntil)) {
      recentEvents.clear();
      recentUntil = now.plus(REPEAT_INTERVAL);
    }
    return recentEvents.size() < MAX_REPEATABLE_EVENTS && recentEvents.add(event);
  }
}
