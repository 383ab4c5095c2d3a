package kassa.domain.webhook;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is tried again. The waits grow from seconds to a day, so that a receiver
 * can be away for three days. Each wait is longer by a random part, so that many deliveries that
 * failed together do not come back together.
 */
public final class RetrySchedule {

  /** The waits after the first, second, ... failed attempt. */
  public static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** The number of attempts, the first included. */
  public static final int MAX_ATTEMPTS = WAITS.size() + 1;

  /** A longer {@code Retry-After} counts as this. */
  public static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

  /** The random part is below this percentage of the wait. */
  private static final int JITTER_PERCENT = 20;

  private static final int THOUSAND = 1_000;

  private RetrySchedule() {}

  /**
   * Returns the wait before the next attempt.
   *
   * @param failedAttempts how many attempts failed, 1 or more
   * @param retryAfter the wait that the receiver asked for, which counts if it is longer; {@code
   *     null} for none
   * @param chance a random number from 0 to 999
   * @return {@code null} if there is no next attempt
   */
  public static @Nullable Duration wait(
      int failedAttempts, @Nullable Duration retryAfter, int chance) {
    if (failedAttempts > WAITS.size()) {
      return null;
    }
    Duration wait = WAITS.get(failedAttempts - 1);
    Duration jitter = wait.multipliedBy((long) JITTER_PERCENT * chance).dividedBy(100L * THOUSAND);
    return max(wait.plus(jitter), min(retryAfter, MAX_RETRY_AFTER));
  }

  private static Duration min(@Nullable Duration wait, Duration bound) {
    return wait == null ? Duration.ZERO : wait.compareTo(bound) < 0 ? wait : bound;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
