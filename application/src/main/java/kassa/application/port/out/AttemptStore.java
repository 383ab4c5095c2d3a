package kassa.application.port.out;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Counts what somebody tried in vain, for all nodes together. Implementations may be called by any
 * number of threads. Every method throws {@link StoreUnavailableException} when the store cannot be
 * asked.
 */
public interface AttemptStore {

  /**
   * How often something was tried in vain.
   *
   * @param subject who tried, or whom they tried: a text of at most 300 characters
   * @param count since when it was last forgotten
   * @param lastAt when it was last tried
   */
  record Attempts(String subject, int count, Instant lastAt) {}

  /** What is known of these subjects; those without attempts are left out. */
  List<Attempts> find(Collection<String> subjects);

  /**
   * Counts one attempt more for each of these. A count whose last attempt was before {@code
   * forgetBefore} begins anew.
   */
  void failed(Collection<String> subjects, Instant at, Instant forgetBefore);

  /** Forgets the attempts of a subject. */
  void forget(String subject);

  /** Forgets all whose last attempt was before a time, and tells how many they were. */
  int forgetBefore(Instant time);
}
