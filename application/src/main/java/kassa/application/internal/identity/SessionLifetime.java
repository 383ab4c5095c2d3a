package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import kassa.domain.identity.Session;

/**
 * How long sessions go on.
 *
 * @param idleTimeout how long without being used
 * @param maxAge how long at most
 */
public record SessionLifetime(Duration idleTimeout, Duration maxAge) {

  boolean isActive(Session session, Instant now) {
    return session.lastUsedAt().isAfter(usedAfter(now))
        && session.createdAt().isAfter(createdAfter(now));
  }

  /** Sessions that go on were used after this. */
  Instant usedAfter(Instant now) {
    return now.minus(idleTimeout);
  }

  /** Sessions that go on were begun after this. */
  Instant createdAfter(Instant now) {
    return now.minus(maxAge);
  }
}
