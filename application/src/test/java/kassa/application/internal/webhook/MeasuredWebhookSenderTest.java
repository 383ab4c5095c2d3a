package kassa.application.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kassa.application.port.out.webhook.WebhookSender.Message;
import kassa.application.port.out.webhook.WebhookSender.Result;
import kassa.application.telemetry.Counter;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.RecordingTelemetry;
import kassa.domain.webhook.WebhookSecret;
import kassa.domain.webhook.WebhookUrl;
import org.junit.jupiter.api.Test;

class MeasuredWebhookSenderTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  private final FakeWebhookGateway receivers = new FakeWebhookGateway();
  private final RecordingTelemetry telemetry = new RecordingTelemetry();
  private final MeasuredWebhookSender sender = new MeasuredWebhookSender(receivers, telemetry);

  @Test
  void counts_attempts_by_outcome_and_measures_the_lag_of_accepted_events() {
    receivers.receive(message -> FakeWebhookGateway.answer(message.at(), 503));
    Result failed = sender.send(message(NOW.plusSeconds(1)));
    receivers.receive(message -> FakeWebhookGateway.answer(message.at(), 204));
    Result accepted = sender.send(message(NOW.plusSeconds(6)));

    assertThat(failed.attempt().status()).isEqualTo(503);
    assertThat(accepted.attempt().status()).isEqualTo(204);
    assertThat(telemetry.counters)
        .isEqualTo(
            Map.of(Counter.WEBHOOK_ATTEMPTS_FAILED, 1L, Counter.WEBHOOK_ATTEMPTS_ACCEPTED, 1L));
    assertThat(telemetry.webhookLags)
        .containsExactly(Duration.ofSeconds(6).plus(accepted.attempt().latency()).toNanos());
  }

  @Test
  void an_event_from_a_clock_that_is_ahead_has_no_lag() {
    sender.send(message(NOW.minusSeconds(5)));

    assertThat(telemetry.webhookLags).containsExactly(0L);
  }

  private static Message message(Instant at) {
    return new Message(
        new WebhookUrl("https://shop.example/hooks"),
        "evt_1",
        NOW,
        at,
        "{}",
        List.of(new WebhookSecret(1, FakeWebhookGateway.SECRET, NOW, null)));
  }
}
