package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Store of failed attempts, for example of sign-in, shared by all nodes. Thread-safe. Every method
 * throws {@link StoreUnavailableException} when the store cannot be used.
 */
public interface FailedAttemptStore {

  /**
   * Failed attempts of one subject.
   *
   * @param subject the account or client that is throttled: a text of at most 300 characters
   * @param count the number of failed attempts since the counter was last reset
   * @param lastFailedAt when the last attempt failed
   */
  record FailedAttempts(String subject, int count, Instant lastFailedAt) {}

  /**
   * Returns the failed attempts of these subjects; subjects without failed attempts are missing.
   */
  List<FailedAttempts> find(Collection<String> subjects);

  /**
   * Counts one more failed attempt for each subject. A counter restarts at one if its last attempt
   * was before {@code expiredBefore}.
   */
  void recordFailure(Collection<String> subjects, Instant at, Instant expiredBefore);

  /** Deletes the failed attempts of a subject. */
  void clear(String subject);

  /**
   * Deletes all counters whose last attempt was before a time.
   *
   * @return the number of deleted counters
   */
  int purgeBefore(Instant time);
}
