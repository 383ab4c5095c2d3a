package kassa.application.port.out.webhook;

/**
 * The stores of webhooks.
 *
 * @param endpoints stores the endpoints
 * @param deliveries stores the deliveries
 */
public record WebhookStores(WebhookStore endpoints, DeliveryStore deliveries) {}
