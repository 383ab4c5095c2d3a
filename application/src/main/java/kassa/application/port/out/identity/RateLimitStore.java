package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Adds up how many calls were made in a minute, over all nodes. Implementations may be called by
 * any number of threads. Every method throws {@link StoreUnavailableException} when the store
 * cannot be asked; whether something was kept is not known then, and telling it again does no harm.
 */
public interface RateLimitStore {

  /**
   * Keeps what one node counted, and tells what all others did. Both are of the whole minute so
   * far, and not of what came since the last time.
   *
   * @param node who tells; no two nodes are called alike, nor is one after it was started anew
   * @param minute when the minute began
   * @param counted calls by the name of their caller, a text of at most 300 characters; a number
   *     that is lower than that of before changes nothing
   * @return calls that other nodes have told, by the name of their caller; nobody of whom none was
   */
  Map<String, Long> mergeCounts(UUID node, Instant minute, Map<String, Long> counted);

  /** Forgets all minutes that began before a time, and tells how many numbers that were. */
  int purgeBefore(Instant time);
}
