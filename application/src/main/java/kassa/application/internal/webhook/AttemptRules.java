package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kassa.application.port.out.webhook.DeliveryStore;
import kassa.application.port.out.webhook.WebhookSender;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt: the state of the delivery, the circuit breaker, and whether the
 * endpoint is paused.
 *
 * @param result the result to store
 * @param breaker the circuit breaker after the attempt
 * @param pauseReason why the endpoint is paused; {@code null} if it is not
 */
record AttemptRules(
    DeliveryStore.Result result, CircuitBreaker breaker, @Nullable PauseReason pauseReason) {

  /** The error of a delivery whose event is older than the events that are kept. */
  static final String EXPIRED = "event_expired";

  private static final int GONE = 410;

  /**
   * Applies the rules.
   *
   * @param chance a random number from 0 to 999
   */
  static AttemptRules apply(
      Delivery delivery,
      WebhookSender.Result answer,
      CircuitBreaker breaker,
      Instant now,
      int chance) {
    DeliveryAttempt attempt = answer.attempt();
    int attempts = delivery.progress().attempts() + 1;
    int failures = delivery.progress().failures() + 1;
    if (attempt.isSuccess()) {
      return ended(delivery, attempt, DeliveryState.DELIVERED, breaker.succeeded());
    }
    if (EXPIRED.equals(attempt.error())) {
      return ended(delivery, attempt, DeliveryState.FAILED, breaker);
    }
    CircuitBreaker failed = breaker.failed(now);
    Integer status = attempt.status();
    if (status != null && status == GONE) {
      Delivery.Progress waiting =
          new Delivery.Progress(attempts, delivery.progress().failures(), now);
      return new AttemptRules(
          new DeliveryStore.Result(delivery, attempt, DeliveryState.PENDING, waiting),
          failed,
          PauseReason.GONE);
    }
    Duration wait = RetrySchedule.wait(failures, answer.retryAfter(), chance);
    if (wait != null) {
      Instant nextAt = now.plus(wait).truncatedTo(ChronoUnit.MICROS);
      return new AttemptRules(
          new DeliveryStore.Result(
              delivery,
              attempt,
              DeliveryState.PENDING,
              new Delivery.Progress(attempts, failures, nextAt)),
          failed,
          null);
    }
    // If nothing else gets through either, the endpoint waits for a person and loses nothing.
    return failed.failures() >= CircuitBreaker.MAX_FAILURES
        ? new AttemptRules(
            new DeliveryStore.Result(
                delivery, attempt, DeliveryState.PENDING, new Delivery.Progress(attempts, 0, now)),
            failed,
            PauseReason.FAILURES)
        : ended(delivery, attempt, DeliveryState.FAILED, failed);
  }

  private static AttemptRules ended(
      Delivery delivery, DeliveryAttempt attempt, DeliveryState state, CircuitBreaker breaker) {
    int failures = delivery.progress().failures() + (attempt.isSuccess() ? 0 : 1);
    Delivery.Progress progress =
        new Delivery.Progress(delivery.progress().attempts() + 1, failures, null);
    return new AttemptRules(
        new DeliveryStore.Result(delivery, attempt, state, progress), breaker, null);
  }
}
