package kassa.application.port.out;

/**
 * The store cannot be reached or did not respond. After a failed write it is unknown whether the
 * data was stored. A retry later can succeed.
 */
public sealed class StoreUnavailableException extends RuntimeException
    permits StoreReadOnlyException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message the operation that failed
   * @param cause the exception of the driver
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message and the message of the root cause in one line, for the log. */
  public String reason() {
    Throwable root = this;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root == this ? "" : " (" + root.getMessage() + ")";
    return (getMessage() + reason).replaceAll("\\R+", " ");
  }
}
