package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import kassa.application.port.out.webhook.WebhookSender;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Telemetry;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.WebhookUrl;

/**
 * Counts the attempts, and measures how late events are delivered. Thread-safe.
 *
 * @param sender sends the messages
 * @param telemetry receives what is counted
 */
public record MeasuredWebhookSender(WebhookSender sender, Telemetry telemetry)
    implements WebhookSender {

  @Override
  public UrlCheck check(WebhookUrl url) {
    return sender.check(url);
  }

  @Override
  public Result send(Message message) {
    Result result = sender.send(message);
    DeliveryAttempt attempt = result.attempt();
    if (attempt.isSuccess()) {
      telemetry.count(Counter.WEBHOOK_ATTEMPTS_ACCEPTED);
      Instant accepted = attempt.at().plus(attempt.latency());
      telemetry.recordWebhookLag(
          Math.max(0, Duration.between(message.occurredAt(), accepted).toNanos()));
    } else {
      telemetry.count(Counter.WEBHOOK_ATTEMPTS_FAILED);
    }
    return result;
  }
}
