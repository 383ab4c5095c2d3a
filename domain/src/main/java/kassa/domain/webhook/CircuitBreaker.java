package kassa.domain.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Circuit breaker of an endpoint: after {@value #MAX_FAILURES} failed attempts in a row, nothing is
 * sent until a time; then one delivery is sent as a probe. A success closes the breaker, a failure
 * opens it again for twice as long. Immutable.
 *
 * @param failures failed attempts since the last success
 * @param openUntil until when nothing is sent; {@code null} if closed
 */
public record CircuitBreaker(int failures, @Nullable Instant openUntil) {

  /** So many failed attempts in a row open the breaker. */
  public static final int MAX_FAILURES = 10;

  /** The breaker without a failure. */
  public static final CircuitBreaker CLOSED = new CircuitBreaker(0, null);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

  /** 30 seconds doubled six times are 32 minutes. */
  private static final int MAX_DOUBLINGS = 6;

  /** Returns how many deliveries may be sent at a time, up to a bound. */
  public int permits(Instant now, int bound) {
    if (openUntil == null) {
      return bound;
    }
    return now.isBefore(openUntil) ? 0 : 1;
  }

  /** Returns the breaker after a success. */
  public CircuitBreaker succeeded() {
    return CLOSED;
  }

  /** Returns the breaker after a failure. */
  public CircuitBreaker failed(Instant now) {
    int count = failures + 1;
    if (count < MAX_FAILURES) {
      return new CircuitBreaker(count, null);
    }
    if (openUntil != null && now.isBefore(openUntil)) {
      // Sent before the breaker opened.
      return this;
    }
    int doublings = Math.min(count - MAX_FAILURES, MAX_DOUBLINGS);
    return new CircuitBreaker(count, now.plus(FIRST_PAUSE.multipliedBy(1L << doublings)));
  }
}
