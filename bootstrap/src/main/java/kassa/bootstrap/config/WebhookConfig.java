package kassa.bootstrap.config;

import java.time.Duration;
import kassa.adapters.webhooks.WebhookNetworks;

/**
 * Configuration of webhooks.
 *
 * @param networks networks that are allowed although they are not public
 * @param maxPerSecond the maximum number of deliveries of this node in a second
 * @param retention how long the log of ended deliveries is kept
 */
public record WebhookConfig(WebhookNetworks networks, int maxPerSecond, Duration retention) {}
