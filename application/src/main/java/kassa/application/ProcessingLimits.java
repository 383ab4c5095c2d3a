package kassa.application;

import java.time.Duration;

/**
 * How much is done at once when many orders are processed.
 *
 * @param concurrency the most orders that are being placed at any moment, all callers together; 1
 *     to 10,000
 * @param deadline how long after its begin a call may still begin orders; above zero, at most an
 *     hour
 */
public record ProcessingLimits(int concurrency, Duration deadline) {

  private static final int MOST = 10_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if a limit is out of range
   */
  public ProcessingLimits {
    if (concurrency < 1 || concurrency > MOST) {
      throw new IllegalArgumentException("concurrency must be from 1 to " + MOST);
    }
    if (!deadline.isPositive() || deadline.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("deadline must be above zero and at most " + LONGEST);
    }
  }
}
