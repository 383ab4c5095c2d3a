package kassa.application;

import kassa.application.internal.event.EventFeed;
import kassa.application.internal.event.ReadEventsService;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.webhook.MeasuredWebhookSender;
import kassa.application.internal.webhook.SecuredManageWebhooks;
import kassa.application.internal.webhook.WebhookEngine;
import kassa.application.internal.webhook.WebhookService;
import kassa.application.port.in.Secured;
import kassa.application.port.in.event.ReadEvents;
import kassa.application.port.in.webhook.DeliverWebhooks;
import kassa.application.port.in.webhook.ManageWebhooks;
import kassa.application.port.out.Stores;
import kassa.application.port.out.event.EventLog;
import kassa.application.port.out.webhook.WebhookGateway;

/**
 * The use cases of events.
 *
 * @param readEvents reads and follows the events
 * @param manageWebhooks manages the endpoints that events are sent to
 * @param deliverWebhooks sends events to these endpoints
 */
public record EventUseCases(
    Secured<ReadEvents> readEvents,
    Secured<ManageWebhooks> manageWebhooks,
    DeliverWebhooks deliverWebhooks) {

  static EventUseCases create(
      Stores stores,
      WebhookGateway gateway,
      Environment environment,
      int maxDeliveriesPerSecond,
      AuditTrail trail,
      Authorization authorization) {
    EventLog log = stores.events();
    EventFeed feed = new EventFeed(log);
    WebhookService webhooks =
        new WebhookService(
            stores.webhooks(),
            log,
            gateway,
            trail,
            authorization,
            environment.clock(),
            environment.ids());
    return new EventUseCases(
        ReadEventsService.secure(log, feed, authorization),
        SecuredManageWebhooks.secure(webhooks, authorization),
        new WebhookEngine(
            stores.webhooks(),
            log,
            feed,
            new WebhookGateway(
                new MeasuredWebhookSender(gateway.sender(), environment.telemetry()),
                gateway.bodies(),
                gateway.secrets()),
            trail,
            maxDeliveriesPerSecond,
            environment.clock(),
            environment.ids(),
            environment.random()));
  }
}
