package kassa.bootstrap.config;

import java.time.Duration;
import kassa.application.BatchLimits;

/**
 * Configuration of what runs for all callers.
 *
 * @param batchLimits limits of batches of orders
 * @param eventRetention how long events are kept
 * @param webhooks configuration of webhooks
 * @param warmUp how long the server warms up at most; zero for not at all
 */
public record ServiceConfig(
    BatchLimits batchLimits, Duration eventRetention, WebhookConfig webhooks, Duration warmUp) {

  /** Returns the same configuration without a warm-up. */
  ServiceConfig withoutWarmUp() {
    return new ServiceConfig(batchLimits, eventRetention, webhooks, Duration.ZERO);
  }
}
