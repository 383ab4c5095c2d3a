package kassa.domain.webhook;

import java.time.Instant;
import java.util.List;
import kassa.domain.event.EventId;
import kassa.domain.event.EventPosition;
import org.jspecify.annotations.Nullable;

/**
 * Delivery of one event to one endpoint.
 *
 * @param id the id
 * @param endpoint the endpoint
 * @param event the event
 * @param state the state
 * @param progress the attempts so far
 * @param createdAt when the event was taken for the endpoint, to the microsecond
 * @param lastAttempts the last attempts, oldest first
 */
public record Delivery(
    DeliveryId id,
    WebhookEndpointId endpoint,
    EventKey event,
    DeliveryState state,
    Progress progress,
    Instant createdAt,
    List<DeliveryAttempt> lastAttempts) {

  /** Older attempts of a delivery are deleted. */
  public static final int MAX_STORED_ATTEMPTS = 20;

  /** Copies the attempts. */
  public Delivery {
    lastAttempts = List.copyOf(lastAttempts);
  }

  /**
   * Event to deliver.
   *
   * @param id the id
   * @param type the type, such as {@code order.paid}
   * @param subject the subject, whose events are delivered one after another
   * @param position the position
   */
  public record EventKey(EventId id, String type, String subject, EventPosition position) {}

  /**
   * Attempts of a delivery.
   *
   * @param attempts the number of all attempts
   * @param failures the number of failed attempts since the delivery was created or sent again
   * @param nextAt when the next attempt is due; {@code null} if there is none
   */
  public record Progress(int attempts, int failures, @Nullable Instant nextAt) {}
}
