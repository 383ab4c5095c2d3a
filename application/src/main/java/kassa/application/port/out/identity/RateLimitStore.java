package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Store of rate limit counters, shared by all nodes. Thread-safe. Every method throws {@link
 * StoreUnavailableException} when the store cannot be used; it is then unknown whether the counts
 * were stored. Writes are idempotent and can be retried.
 */
public interface RateLimitStore {

  /**
   * Stores the counts of one node and returns the counts of all other nodes. Both are totals of the
   * window so far, not increments.
   *
   * @param nodeId the id of this node, unique per node and per start of the process
   * @param windowStart the start of the window
   * @param counts the calls per caller name, a text of at most 300 characters; a count that is
   *     lower than the stored one changes nothing
   * @return the sum of the calls on the other nodes per caller name; callers without calls are
   *     missing
   */
  Map<String, Long> mergeCounts(UUID nodeId, Instant windowStart, Map<String, Long> counts);

  /**
   * Deletes the counters of all windows that started before a time.
   *
   * @return the number of deleted counters
   */
  int purgeBefore(Instant time);
}
