package kassa.application.port.out.webhook;

/**
 * What webhooks need besides their stores.
 *
 * @param sender sends messages
 * @param bodies writes the bodies of messages
 * @param secrets generates secrets
 */
public record WebhookGateway(WebhookSender sender, WebhookBodies bodies, SecretGenerator secrets) {}
