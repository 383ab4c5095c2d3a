package kassa.adapters.persistence.jdbc;

import org.jspecify.annotations.Nullable;

/** Another changed the same things first; the transaction is of no more use. */
public final class WriteConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WriteConflictException(@Nullable Throwable cause) {
    super("another changed the same things first", cause);
  }
}
