package kassa.adapters.persistence;

import org.jspecify.annotations.Nullable;

/** Another changed the same things first; the transaction is of no more use. */
final class OvertakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OvertakenException(@Nullable Throwable cause) {
    super("another changed the same things first", cause);
  }
}
