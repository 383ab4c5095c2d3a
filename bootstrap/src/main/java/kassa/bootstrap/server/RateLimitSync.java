package kassa.bootstrap.server;

import kassa.application.port.in.identity.RateLimiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Synchronizes the rate limit counters of the nodes; logs when the synchronization fails. */
final class RateLimitSync implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(RateLimitSync.class);

  private final RateLimiter rateLimiter;
  private boolean lastSyncSucceeded = true;

  RateLimitSync(RateLimiter rateLimiter) {
    this.rateLimiter = rateLimiter;
  }

  @Override
  public void run() {
    boolean syncSucceeded = rateLimiter.syncWithOtherNodes();
    if (lastSyncSucceeded && !syncSucceeded) {
      LOG.warn("The database is unavailable: each node enforces the rate limit on its own");
    }
    if (syncSucceeded && !lastSyncSucceeded) {
      LOG.info("The rate limit is shared by all nodes again");
    }
    lastSyncSucceeded = syncSucceeded;
  }
}
