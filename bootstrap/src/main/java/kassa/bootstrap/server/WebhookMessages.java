package kassa.bootstrap.server;

import java.time.Instant;
import kassa.adapters.http.EventBodies;
import kassa.application.port.out.webhook.WebhookBodies;
import kassa.domain.event.Event;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookEndpointId;

/** Bodies of webhooks, written as the API writes events. */
record WebhookMessages() implements WebhookBodies {

  @Override
  public String of(Event event, PayloadForm form) {
    return EventBodies.of(event, form);
  }

  @Override
  public String ofTest(WebhookEndpointId endpoint, String id, Instant at) {
    return EventBodies.ofTest(endpoint, id, at);
  }
}
