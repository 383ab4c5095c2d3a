package kassa.domain.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver.
 *
 * @param at when it started, to the microsecond
 * @param latency how long it took
 * @param status the HTTP status of the answer; {@code null} if there was none
 * @param error why it failed: a word such as {@code timeout} or {@code status}; {@code null} if it
 *     succeeded
 * @param answer the first {@value #MAX_ANSWER_LENGTH} characters of the answer; {@code null} if
 *     there was none
 */
public record DeliveryAttempt(
    Instant at,
    Duration latency,
    @Nullable Integer status,
    @Nullable String error,
    @Nullable String answer) {

  /** The stored part of an answer: 1 KiB, each character of which is one byte or more. */
  public static final int MAX_ANSWER_LENGTH = 1_024;

  /** The error of an answer whose status is not 2xx. */
  public static final String STATUS_ERROR = "status";

  /** Whether the receiver accepted the delivery. */
  public boolean isSuccess() {
    return error == null;
  }
}
