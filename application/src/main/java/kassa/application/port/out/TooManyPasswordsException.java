package kassa.application.port.out;

/** Too many passwords are being looked at; nothing was done. */
public final class TooManyPasswordsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Made where a place was not to be had in time. */
  public TooManyPasswordsException() {
    super("too many passwords are being looked at");
  }
}
