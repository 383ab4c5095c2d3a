package kassa.application.port.out.identity;

/**
 * Overload: too many passwords are being hashed at the moment. Nothing was done; a retry later can
 * succeed.
 */
public final class HashingOverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception for a hashing permit that was not available in time. */
  public HashingOverloadedException() {
    super("too many passwords are being hashed");
  }
}
