package kassa.application.port.out.webhook;

import java.time.Instant;
import kassa.domain.event.Event;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookEndpointId;

/** Writes the bodies of messages as JSON. Thread-safe. */
public interface WebhookBodies {

  /** Returns an event in a form. */
  String of(Event event, PayloadForm form);

  /** Returns the test event of an endpoint. */
  String ofTest(WebhookEndpointId endpoint, String id, Instant at);
}
