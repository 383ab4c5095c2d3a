package kassa.adapters.persistence.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import kassa.application.port.out.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs outages of the database: one line when it becomes unavailable, at most one every 10 seconds
 * with the number of failed statements, and one when it is available again. Thread-safe.
 */
final class OutageLog {

  private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
  private static final Duration SUMMARY_INTERVAL = Duration.ofSeconds(10);

  private final InstantSource clock;
  private volatile @Nullable Instant unavailableSince;
  private Instant lastLogged = Instant.EPOCH;
  private long failures;

  OutageLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Records that the database could not be reached. */
  synchronized void recordFailure(StoreUnavailableException failure) {
    Instant now = clock.instant();
    Instant since = unavailableSince;
    failures++;
    if (since == null) {
      unavailableSince = now;
      lastLogged = now;
      LOG.error("The database is unavailable: {}", failure.reason());
    } else if (!now.isBefore(lastLogged.plus(SUMMARY_INTERVAL))) {
      lastLogged = now;
      LOG.error(
          "The database is unavailable since {}: {} calls to it failed; the last one: {}",
          since.truncatedTo(ChronoUnit.SECONDS),
          failures,
          failure.reason());
    }
  }

  /** Records that the database has answered. */
  void recordSuccess() {
    if (unavailableSince != null) {
      endOutage();
    }
  }

  private synchronized void endOutage() {
    Instant since = unavailableSince;
    if (since != null) {
      LOG.info(
          "The database is available again after {} s; {} calls to it failed",
          Duration.between(since, clock.instant()).toSeconds(),
          failures);
      unavailableSince = null;
      failures = 0;
    }
  }
}
