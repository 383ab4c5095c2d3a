package kassa.application.port.in.identity;

import java.time.Duration;
import kassa.domain.identity.Caller;

/**
 * Rate limiter: limits the calls per authenticated caller and minute. A minute is a fixed window of
 * UTC. A program is identified by its API key, a person by the user, over all of their sessions.
 * See docs/decisions/0113.
 */
public interface RateLimiter {

  /** Length of a fixed window. */
  Duration WINDOW = Duration.ofMinutes(1);

  /** Decision on one call. */
  sealed interface Decision {

    /** The caller has no rate limit: local operator or anonymous. */
    record Unlimited() implements Decision {}

    /**
     * The call is within the rate limit and was counted.
     *
     * @param limit the maximum number of calls per window, 1 or more
     * @param remaining the remaining calls in this window, 0 or more
     * @param resetIn the time until the next window starts, positive
     */
    record Allowed(long limit, long remaining, Duration resetIn) implements Decision {}

    /**
     * The call exceeds the rate limit. It was not counted.
     *
     * @param limit the maximum number of calls per window, 1 or more
     * @param resetIn the time until the next window starts, positive
     */
    record LimitExceeded(long limit, Duration resetIn) implements Decision {}
  }

  /**
   * Counts one call and decides whether it is within the rate limit. To be called before the
   * request is handled. Does not access the store: calls on other nodes are known since the last
   * {@link #syncWithOtherNodes()}. Exceeded limits are written to the audit log, debounced.
   */
  Decision tryAcquire(Caller caller);

  /**
   * Publishes the counts of this node to the other nodes and reads theirs. Run about once per
   * second by a scheduled task.
   *
   * @return whether the counts were synchronized; if not, this node continues with the counts it
   *     knows, and the next run catches up
   */
  boolean syncWithOtherNodes();
}
