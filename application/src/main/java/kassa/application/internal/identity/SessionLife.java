package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import kassa.domain.identity.Session;

/**
 * How long sessions go on.
 *
 * @param idle how long without being used
 * @param absolute how long at most
 */
public record SessionLife(Duration idle, Duration absolute) {

  boolean goesOn(Session session, Instant now) {
    return session.lastUsedAt().isAfter(usedAfter(now))
        && session.createdAt().isAfter(begunAfter(now));
  }

  /** Sessions that go on were used after this. */
  Instant usedAfter(Instant now) {
    return now.minus(idle);
  }

  /** Sessions that go on were begun after this. */
  Instant begunAfter(Instant now) {
    return now.minus(absolute);
  }
}
