package kassa.application.port.out.identity;

/** Too many passwords are being looked at; nothing was done. */
public final class HashingOverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Made where a place was not to be had in time. */
  public HashingOverloadedException() {
    super("too many passwords are being looked at");
  }
}
