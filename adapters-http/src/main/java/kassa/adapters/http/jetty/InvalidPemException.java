package kassa.adapters.http.jetty;

/** Thrown if the PEM file of a certificate or private key cannot be read or is invalid. */
public final class InvalidPemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidPemException(String message) {
    super(message);
  }

  InvalidPemException(String message, Throwable cause) {
    super(message, cause);
  }
}
