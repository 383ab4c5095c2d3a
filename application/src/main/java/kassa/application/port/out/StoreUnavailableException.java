package kassa.application.port.out;

/**
 * The store cannot be reached or did not respond. After a failed write it is unknown whether the
 * data was stored. A retry later can succeed.
 */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message the operation that failed
   * @param cause the exception of the driver
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
