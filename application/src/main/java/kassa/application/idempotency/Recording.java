package kassa.application.idempotency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Creates the idempotency record of a request from the result of its change, before the change is
 * stored with the record in one transaction.
 *
 * @param <R> the result of the change
 */
@FunctionalInterface
public interface Recording<R> {

  /**
   * Returns the record; {@code null} if the request has no idempotency key.
   *
   * @param at the time of the change, to the microsecond
   */
  @Nullable IdempotencyRecord of(R result, Instant at);

  /** Recording of requests without an idempotency key. */
  static <R> Recording<R> none() {
    return (result, at) -> null;
  }
}
