package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import kassa.application.port.in.identity.PurgeExpired;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.application.port.out.identity.SessionStore;
import kassa.domain.identity.SessionLimits;

/** Deletes expired sessions, failed attempts and rate limit counters. */
public final class PurgeExpiredService implements PurgeExpired {

  /**
   * Retention period of rate limit counters: long enough that the window has ended on all nodes in
   * spite of clock skew.
   */
  static final Duration RATE_LIMIT_RETENTION = Duration.ofMinutes(10);

  private final SessionStore sessions;
  private final AttemptThrottle throttle;
  private final RateLimitStore rateLimits;
  private final SessionLimits limits;
  private final InstantSource clock;

  public PurgeExpiredService(
      SessionStore sessions,
      AttemptThrottle throttle,
      RateLimitStore rateLimits,
      SessionLimits limits,
      InstantSource clock) {
    this.sessions = sessions;
    this.throttle = throttle;
    this.rateLimits = rateLimits;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public int purgeExpired() {
    Instant now = clock.instant();
    return sessions.purge(limits.usedAfter(now), limits.createdAfter(now))
        + throttle.purgeExpired()
        + rateLimits.purgeBefore(now.minus(RATE_LIMIT_RETENTION));
  }
}
