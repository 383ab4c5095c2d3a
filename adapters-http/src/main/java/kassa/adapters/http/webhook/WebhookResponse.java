package kassa.adapters.http.webhook;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.event.EventPosition;
import kassa.domain.money.Money;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.EventTypePattern;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookFilter;
import kassa.domain.webhook.WebhookSecret;
import org.jspecify.annotations.Nullable;

/** Webhook endpoint, without its secrets. */
public record WebhookResponse(
    String id,
    String url,
    String description,
    List<String> eventTypes,
    @Nullable FilterResponse filter,
    String payload,
    boolean paused,
    @Nullable String pauseReason,
    List<SecretResponse> secrets,
    int version,
    DeliveryStatusResponse delivery,
    String createdBy,
    String createdAt,
    String updatedAt) {

  /** Filter of an endpoint. */
  public record FilterResponse(
      @Nullable List<String> statuses,
      @Nullable String currency,
      @Nullable String minTotal,
      @Nullable String sku,
      @Nullable String channel) {

    static @Nullable FilterResponse of(WebhookFilter filter) {
      Money min = filter.minTotal();
      return filter.isEmpty()
          ? null
          : new FilterResponse(
              filter.statuses().isEmpty()
                  ? null
                  : filter.statuses().stream().map(EnumNames::of).toList(),
              min == null ? null : min.currency().getCurrencyCode(),
              min == null ? null : min.toPlainString(),
              filter.sku() == null ? null : filter.sku().value(),
              filter.channel());
    }
  }

  /** Secret of an endpoint, without its text. */
  public record SecretResponse(int number, String createdAt, @Nullable String expiresAt) {

    static SecretResponse of(WebhookSecret secret) {
      return new SecretResponse(
          secret.number(), secret.createdAt().toString(), text(secret.expiresAt()));
    }
  }

  /** How far the deliveries of an endpoint are. */
  public record DeliveryStatusResponse(
      String cursor, int pending, int failures, @Nullable String circuitOpenUntil) {}

  /**
   * Converts an endpoint to its response.
   *
   * @param cursor returns the cursor of a position
   */
  static WebhookResponse of(EndpointStatus status, Function<EventPosition, String> cursor) {
    WebhookEndpoint endpoint = status.endpoint();
    WebhookContent content = endpoint.content();
    return new WebhookResponse(
        endpoint.id().toString(),
        content.url().value(),
        content.description(),
        content.types().stream().map(EventTypePattern::value).toList(),
        FilterResponse.of(content.filter()),
        EnumNames.of(content.payload()),
        endpoint.isPaused(),
        endpoint.pauseReason() == null ? null : EnumNames.of(endpoint.pauseReason()),
        endpoint.secrets().stream().map(SecretResponse::of).toList(),
        endpoint.version(),
        new DeliveryStatusResponse(
            cursor.apply(status.position()),
            status.pending(),
            status.breaker().failures(),
            text(status.breaker().openUntil())),
        endpoint.createdBy(),
        endpoint.createdAt().toString(),
        endpoint.updatedAt().toString());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
