package kassa.application;

import java.time.Duration;
import kassa.domain.identity.SessionLimits;
import kassa.domain.rule.Policy;

/**
 * Settings of the use cases.
 *
 * @param sessionLimits how long sessions are valid
 * @param maxRequestsPerMinute rate limit of each caller in calls per minute, 1 or more
 * @param pricingPolicy how rules work together, unless a request specifies it
 * @param batchLimits limits of batches of orders
 * @param maxRowsInMemory the maximum number of lines and discounts of large orders that are placed
 *     concurrently, 1 or more
 * @param eventRetention how long events are kept, above zero
 * @param maxDeliveriesPerSecond the maximum number of webhook deliveries of this node in a second,
 *     1 or more
 */
public record ApplicationSettings(
    SessionLimits sessionLimits,
    int maxRequestsPerMinute,
    Policy pricingPolicy,
    BatchLimits batchLimits,
    int maxRowsInMemory,
    Duration eventRetention,
    int maxDeliveriesPerSecond) {

  /** {@link #maxRowsInMemory} for a heap of about 1 GiB. */
  public static final int DEFAULT_MAX_ROWS_IN_MEMORY = 250_000;

  /** How long events are kept by default. */
  public static final Duration DEFAULT_EVENT_RETENTION = Duration.ofDays(30);

  /** The default of {@link #maxDeliveriesPerSecond}. */
  public static final int DEFAULT_MAX_DELIVERIES_PER_SECOND = 100;

  /** Settings with the default number of rows in memory and retention of events. */
  public ApplicationSettings(
      SessionLimits sessionLimits,
      int maxRequestsPerMinute,
      Policy pricingPolicy,
      BatchLimits batchLimits) {
    this(
        sessionLimits,
        maxRequestsPerMinute,
        pricingPolicy,
        batchLimits,
        DEFAULT_MAX_ROWS_IN_MEMORY,
        DEFAULT_EVENT_RETENTION,
        DEFAULT_MAX_DELIVERIES_PER_SECOND);
  }
}
