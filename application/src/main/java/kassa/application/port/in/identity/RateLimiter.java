package kassa.application.port.in.identity;

import java.time.Duration;
import kassa.domain.identity.Caller;

/**
 * Counts the calls of everybody who showed who they are, and tells when somebody has made as many
 * in this minute, by the clock of UTC, as they may. A program is known by its key, a person by who
 * they are, in all of their sessions together. See docs/decisions/0113.
 */
public interface RateLimiter {

  /** What calls are counted in. */
  Duration WINDOW = Duration.ofMinutes(1);

  /** What became of counting a call. */
  sealed interface Decision {

    /** Nobody counts the calls of this caller: it is the owner, or nobody. */
    record Unlimited() implements Decision {}

    /**
     * It may be made.
     *
     * @param limit how many may be made in a minute, 1 or more
     * @param remaining how many more may be made in this one, 0 or more
     * @param resetIn when the next begins, more than nothing
     */
    record Allowed(long limit, long remaining, Duration resetIn) implements Decision {}

    /**
     * It may not be made, and was not counted.
     *
     * @param limit how many may be made in a minute, 1 or more
     * @param resetIn when the next begins, more than nothing
     */
    record LimitExceeded(long limit, Duration resetIn) implements Decision {}
  }

  /**
   * Counts one call, before anything is done for it. Asks no store: calls that were made on another
   * node are known here since the last exchange. That somebody is refused is written down for
   * admins, once in a while.
   */
  Decision tryAcquire(Caller caller);

  /**
   * Tells other nodes what was counted here, and learns what was counted there. For whoever runs
   * Kassa, about once a second.
   *
   * @return whether that was done; if not, this node goes on with what it knows, and the next
   *     exchange makes up for it
   */
  boolean syncWithOtherNodes();
}
