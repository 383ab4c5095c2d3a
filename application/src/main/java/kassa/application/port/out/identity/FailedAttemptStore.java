package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Store of failed attempts, for example of sign-in, and of the last success of some subjects,
 * shared by all nodes. Thread-safe. Every method throws {@link StoreUnavailableException} when the
 * store cannot be used.
 */
public interface FailedAttemptStore {

  /**
   * Failed attempts of one subject.
   *
   * @param subject the account or client that is throttled: a text of at most 300 characters
   * @param count the number of failed attempts since the counter was last reset; 0 if a success was
   *     recorded
   * @param lastAttemptAt when the last attempt failed, or succeeded if the count is 0
   */
  record FailedAttempts(String subject, int count, Instant lastAttemptAt) {}

  /** Returns the attempts of these subjects; subjects without recorded attempts are missing. */
  List<FailedAttempts> find(Collection<String> subjects);

  /**
   * Counts one more failed attempt for each subject. A counter restarts at one if its last attempt
   * was before {@code expiredBefore}.
   */
  void recordFailure(Collection<String> subjects, Instant at, Instant expiredBefore);

  /** Records a success of a subject in place of all attempts before. */
  void recordSuccess(String subject, Instant at);

  /** Deletes the attempts of a subject. */
  void clear(String subject);

  /**
   * Deletes the counters whose last attempt failed before one time, and the successes before
   * another one.
   *
   * @param succeededBefore not after {@code failedBefore}
   * @return the number of deleted counters and successes
   */
  int purgeBefore(Instant failedBefore, Instant succeededBefore);
}
