package kassa.application.port.out;

/**
 * The store accepts only reads: it is a standby, or an administrator made it read-only. The write
 * was not stored. A retry can succeed once the store accepts writes again.
 */
public final class StoreReadOnlyException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message the operation that failed
   * @param cause the exception of the driver
   */
  public StoreReadOnlyException(String message, Throwable cause) {
    super(message, cause);
  }
}
