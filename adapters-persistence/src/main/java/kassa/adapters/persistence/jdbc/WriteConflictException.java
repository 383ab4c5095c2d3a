package kassa.adapters.persistence.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Write conflict: another transaction changed the same rows first. The transaction must be rolled
 * back; {@link TransactionRetry} retries it.
 */
public final class WriteConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param cause the exception of the database; {@code null} if no statement failed
   */
  public WriteConflictException(@Nullable Throwable cause) {
    super("another transaction changed the same rows first", cause);
  }
}
