package kassa.application.port.out;

/**
 * The store could not be asked, or did not answer. Of a write it is then not known whether it was
 * kept; of a read nothing is known at all. Trying again later may help.
 */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried
   * @param cause what the store's driver said
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
