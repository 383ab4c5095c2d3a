package kassa.adapters.http.webhook;

import java.time.Instant;
import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import org.jspecify.annotations.Nullable;

/** Delivery of an event to an endpoint. */
public record DeliveryResponse(
    String id,
    DeliveredEventResponse event,
    String state,
    int attempts,
    @Nullable String nextAttemptAt,
    String createdAt,
    List<AttemptResponse> lastAttempts) {

  /** Event of a delivery. */
  public record DeliveredEventResponse(String id, String type, String subject) {}

  /** Attempt of a delivery. */
  public record AttemptResponse(
      String at,
      long latencyMillis,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String answer) {

    /** Converts an attempt to its response. */
    static AttemptResponse of(DeliveryAttempt attempt) {
      return new AttemptResponse(
          attempt.at().toString(),
          attempt.latency().toMillis(),
          attempt.status(),
          attempt.error(),
          attempt.answer());
    }
  }

  /** Converts a delivery to its response. */
  static DeliveryResponse of(Delivery delivery) {
    Instant next = delivery.progress().nextAt();
    return new DeliveryResponse(
        delivery.id().toString(),
        new DeliveredEventResponse(
            delivery.event().id().toString(), delivery.event().type(), delivery.event().subject()),
        EnumNames.of(delivery.state()),
        delivery.progress().attempts(),
        next == null ? null : next.toString(),
        delivery.createdAt().toString(),
        delivery.lastAttempts().stream().map(AttemptResponse::of).toList());
  }
}
