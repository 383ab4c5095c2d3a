package kassa.client;

import org.jspecify.annotations.Nullable;

/** Order of a file. */
sealed interface FileOrder {

  /** Number of its first line, from 1. */
  int line();

  /** Idempotency key; {@code null} if it is not readable. */
  @Nullable String key();

  /**
   * Order that can be sent.
   *
   * @param json the body of {@code POST /v1/orders}, with its key
   */
  record Valid(int line, @Nullable String key, String json) implements FileOrder {}

  /**
   * Order that is rejected before it is sent.
   *
   * @param problem the reason
   */
  record Invalid(int line, @Nullable String key, ProblemDetail problem) implements FileOrder {}
}
