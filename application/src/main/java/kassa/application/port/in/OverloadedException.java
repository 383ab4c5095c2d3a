package kassa.application.port.in;

/** Overload: there is no room for the request at the moment. Nothing was done; retry later. */
public final class OverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what there is no room for
   */
  public OverloadedException(String message) {
    super(message);
  }
}
