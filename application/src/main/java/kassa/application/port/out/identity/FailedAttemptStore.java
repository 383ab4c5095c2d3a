package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Counts what somebody tried in vain, for all nodes together. Implementations may be called by any
 * number of threads. Every method throws {@link StoreUnavailableException} when the store cannot be
 * asked.
 */
public interface FailedAttemptStore {

  /**
   * How often something was tried in vain.
   *
   * @param subject who tried, or whom they tried: a text of at most 300 characters
   * @param count since when it was last forgotten
   * @param lastFailedAt when it was last tried
   */
  record FailedAttempts(String subject, int count, Instant lastFailedAt) {}

  /** What is known of these subjects; those without attempts are left out. */
  List<FailedAttempts> find(Collection<String> subjects);

  /**
   * Counts one attempt more for each of these. A count whose last attempt was before {@code
   * forgetBefore} begins anew.
   */
  void recordFailure(Collection<String> subjects, Instant at, Instant expiredBefore);

  /** Forgets the attempts of a subject. */
  void clear(String subject);

  /** Forgets all whose last attempt was before a time, and tells how many they were. */
  int purgeBefore(Instant time);
}
