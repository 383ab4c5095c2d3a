package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import kassa.application.port.in.identity.PurgeExpired;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.application.port.out.identity.SessionStore;

/** Forgets sessions that have ended, and attempts and calls that do not count any more. */
public final class PurgeExpiredService implements PurgeExpired {

  /** A minute is over for all nodes by then, whatever their clocks say. */
  static final Duration RATE_LIMIT_RETENTION = Duration.ofMinutes(10);

  private final SessionStore sessions;
  private final AttemptThrottle throttle;
  private final RateLimitStore rateLimits;
  private final SessionLifetime lifetime;
  private final InstantSource clock;

  public PurgeExpiredService(
      SessionStore sessions,
      AttemptThrottle throttle,
      RateLimitStore calls,
      SessionLifetime lifetime,
      InstantSource clock) {
    this.sessions = sessions;
    this.throttle = throttle;
    this.rateLimits = calls;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  @Override
  public int purgeExpired() {
    Instant now = clock.instant();
    return sessions.purge(lifetime.usedAfter(now), lifetime.createdAfter(now))
        + throttle.purgeExpired()
        + rateLimits.purgeBefore(now.minus(RATE_LIMIT_RETENTION));
  }
}
