package kassa.domain.identity;

import java.time.Duration;
import java.time.Instant;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * How long a session is valid.
 *
 * @param idleTimeout a session that is not used for so long expires; a minute or more
 * @param maxAge a session expires so long after sign-in, even if it is used; {@code idleTimeout} or
 *     more
 */
public record SessionLimits(Duration idleTimeout, Duration maxAge) {

  private static final Duration MIN_IDLE_TIMEOUT = Duration.ofMinutes(1);

  /**
   * @throws InvalidValueException if a limit is too short
   */
  public SessionLimits {
    if (idleTimeout.compareTo(MIN_IDLE_TIMEOUT) < 0 || maxAge.compareTo(idleTimeout) < 0) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE,
          "idleTimeout must be a minute or more, and maxAge must not be shorter than it");
    }
  }

  /** Whether a session is valid at this time. */
  public boolean isActive(Session session, Instant now) {
    return session.lastUsedAt().isAfter(usedAfter(now))
        && session.createdAt().isAfter(createdAfter(now));
  }

  /** Sessions that are valid now were used after this time. */
  public Instant usedAfter(Instant now) {
    return now.minus(idleTimeout);
  }

  /** Sessions that are valid now were created after this time. */
  public Instant createdAfter(Instant now) {
    return now.minus(maxAge);
  }
}
