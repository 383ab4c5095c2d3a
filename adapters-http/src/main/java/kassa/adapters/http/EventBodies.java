package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.webhook.WebhookBody;
import kassa.domain.event.Event;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookEndpointId;

/** Writes events for other programs than clients of this API: the bodies of webhooks. */
public final class EventBodies {

  private static final JsonCodec JSON = new JsonCodec();

  private EventBodies() {}

  /** Returns an event as JSON, in a form. */
  public static String of(Event event, PayloadForm form) {
    return new String(JSON.write(WebhookBody.of(event, form)), UTF_8);
  }

  /** Returns the test event of an endpoint as JSON. */
  public static String ofTest(WebhookEndpointId endpoint, String id, Instant at) {
    return new String(JSON.write(WebhookBody.ofTest(endpoint, id, at)), UTF_8);
  }
}
