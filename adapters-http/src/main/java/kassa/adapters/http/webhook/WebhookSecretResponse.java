package kassa.adapters.http.webhook;

/**
 * Endpoint with its new secret.
 *
 * @param secret the secret; returned only once
 * @param endpoint the endpoint
 */
public record WebhookSecretResponse(String secret, WebhookResponse endpoint) {

  /** Contains the id, but not the secret. */
  @Override
  public String toString() {
    return "WebhookSecretResponse[" + endpoint.id() + "]";
  }
}
