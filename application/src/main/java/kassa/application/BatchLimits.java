package kassa.application;

import java.time.Duration;

/**
 * How much is done at once when many orders are processed.
 *
 * @param maxConcurrency the most orders that are being placed at any moment, all callers together;
 *     1 to 10,000
 * @param deadline how long after its begin a call may still begin orders; above zero, at most an
 *     hour
 */
public record BatchLimits(int maxConcurrency, Duration deadline) {

  private static final int MAX_CONCURRENCY = 10_000;
  private static final Duration MAX_DEADLINE = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if a limit is out of range
   */
  public BatchLimits {
    if (maxConcurrency < 1 || maxConcurrency > MAX_CONCURRENCY) {
      throw new IllegalArgumentException("concurrency must be from 1 to " + MAX_CONCURRENCY);
    }
    if (!deadline.isPositive() || deadline.compareTo(MAX_DEADLINE) > 0) {
      throw new IllegalArgumentException("deadline must be above zero and at most " + MAX_DEADLINE);
    }
  }
}
