package kassa.adapters.http.webhook;

import java.time.Instant;
import kassa.adapters.http.event.EventResponse;
import kassa.domain.event.Event;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/**
 * Body of a webhook, as Standard Webhooks 1.0 recommends it: type, timestamp and data, with what
 * else the list of events has.
 *
 * @param id id of the event
 * @param type what happened: {@code order.placed}
 * @param timestamp time of the change
 * @param subject what changed
 * @param sequence version of the subject after the event; {@code null} if it has none
 * @param actor name of the caller; {@code null} if unknown
 * @param data the subject after the event, or in the thin form its type and id
 */
public record WebhookBody(
    String id,
    String type,
    String timestamp,
    EventResponse.Subject subject,
    @Nullable Integer sequence,
    @Nullable String actor,
    Object data) {

  /** Type of the test event. */
  static final String TEST_TYPE = "webhook.test";

  /** Converts an event. */
  public static WebhookBody of(Event event, PayloadForm form) {
    EventResponse full = EventResponse.of(event);
    return new WebhookBody(
        full.id(),
        full.type(),
        full.occurredAt(),
        full.subject(),
        full.sequence(),
        full.actor(),
        form == PayloadForm.FULL ? full.data() : full.subject());
  }

  /** Returns the test event of an endpoint. */
  public static WebhookBody ofTest(WebhookEndpointId endpoint, String id, Instant at) {
    EventResponse.Subject subject =
        new EventResponse.Subject("webhook_endpoint", endpoint.toString());
    return new WebhookBody(id, TEST_TYPE, at.toString(), subject, null, null, subject);
  }
}
