package kassa.bootstrap.server;

import kassa.application.port.in.identity.RateLimiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has nodes tell each other how many calls they counted, and logs when they cannot any more. */
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
      LOG.warn("The database does not answer: calls are limited by each node for itself");
    }
    if (syncSucceeded && !lastSyncSucceeded) {
      LOG.info("Calls are limited by all nodes together again");
    }
    lastSyncSucceeded = syncSucceeded;
  }
}
