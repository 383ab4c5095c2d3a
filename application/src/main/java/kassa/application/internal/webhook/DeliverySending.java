package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import kassa.application.internal.webhook.EndpointRounds.Answer;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.event.EventLog;
import kassa.application.port.out.webhook.WebhookGateway;
import kassa.application.port.out.webhook.WebhookSender;
import kassa.domain.event.Event;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventType;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.Delivery.EventKey;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Sends deliveries, each on a thread of its own. The body is made when its turn has come, so that
 * what waits takes no memory. Thread-safe.
 *
 * @param log finds the events
 * @param gateway writes and sends the messages
 * @param pace bounds the deliveries of this node
 * @param threads runs the deliveries
 * @param clock the time
 */
record DeliverySending(
    EventLog log,
    WebhookGateway gateway,
    DeliveryPace pace,
    ExecutorService threads,
    InstantSource clock) {

  /** Error of an attempt that failed in Kassa itself, such as an event that cannot be read. */
  private static final String INTERNAL = "internal";

  /** Sends a delivery, and hands the answer over. */
  void start(EndpointStatus status, Delivery delivery, Consumer<Answer> whenDone) {
    threads.execute(() -> {
      Instant begun = clock.instant();
      WebhookSender.Result result = failed(begun, INTERNAL);
      try {
        pace.enter();
        try {
          begun = clock.instant();
          result = send(status.endpoint(), delivery.event(), begun);
        } finally {
          pace.leave();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (StoreUnavailableException unavailable) {
        result = failed(begun, INTERNAL);
      } finally {
        whenDone.accept(new Answer(delivery, result));
      }
    });
  }

  private WebhookSender.Result send(WebhookEndpoint endpoint, EventKey key, Instant now) {
    Event event = find(key);
    return event == null
        ? failed(now, AttemptRules.EXPIRED)
        : gateway
            .sender()
            .send(
                new WebhookSender.Message(
                    endpoint.content().url(),
                    key.id().toString(),
                    event.occurredAt(),
                    now,
                    gateway.bodies().of(event, endpoint.content().payload()),
                    endpoint.liveSecrets(now)));
  }

  /** Reads the event by its place; {@code null} if it is not kept any more. */
  private @Nullable Event find(EventKey key) {
    EventPosition at = key.position();
    EventPosition before = new EventPosition(at.transaction(), at.number() - 1, 0);
    EventFilter filter =
        new EventFilter(Set.of(EventType.of(key.type()).orElseThrow()), key.subject());
    return log.read(before, filter, 1).events().stream()
        .filter(event -> event.id().equals(key.id()))
        .findFirst()
        .orElse(null);
  }

  private static WebhookSender.Result failed(Instant at, String error) {
    return new WebhookSender.Result(
        new DeliveryAttempt(at, Duration.ZERO, null, error, null), null);
  }
}
