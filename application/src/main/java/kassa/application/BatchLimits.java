package kassa.application;

import java.time.Duration;

/**
 * Concurrency limit and deadline of order batches.
 *
 * @param maxConcurrency the maximum number of batch orders that are placed concurrently, over all
 *     callers; 1 to 10,000
 * @param deadline how long after its start a batch can start orders; positive, at most one hour
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
      throw new IllegalArgumentException("deadline must be positive and at most " + MAX_DEADLINE);
    }
  }
}
