package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.identity.AuditLog;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import org.jspecify.annotations.Nullable;

/** Writes down what happens to users, sessions and keys. */
public final class AuditTrail {

  /** What somebody can cause without end is written once in this time. */
  static final Duration REPEAT_INTERVAL = Duration.ofMinutes(10);

  /** And of all that, no more than this in that time. It is some MB a day at the very most. */
  static final int MAX_REPEATABLE_EVENTS = 100;

  private final AuditLog log;
  private final InstantSource clock;
  private final Set<AuditEvent> recentEvents = new HashSet<>();
  private Instant recentUntil = Instant.MIN;

  public AuditTrail(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Writes an event. */
  void write(
      Kind kind,
      @Nullable String actor,
      @Nullable Object subject,
      @Nullable String address,
      @Nullable String detail) {
    String text = subject == null ? null : subject.toString();
    log.append(new AuditEvent(now(), kind, actor, text, address, detail));
  }

  /**
   * Writes an event that costs whoever causes it nothing, unless one alike was written just now, or
   * many others were. It is not worth failing for: what was refused stays refused without it.
   */
  public void writeDebounced(
      Kind kind,
      @Nullable String actor,
      @Nullable Object subject,
      @Nullable String address,
      @Nullable String detail) {
    String text = subject == null ? null : subject.toString();
    Instant now = now();
    if (isNew(new AuditEvent(Instant.EPOCH, kind, actor, text, address, detail), now)) {
      try {
        log.append(new AuditEvent(now, kind, actor, text, address, detail));
      } catch (StoreUnavailableException unavailable) {
        // Whoever asks has their answer; the outage is met and told by others.
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

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
