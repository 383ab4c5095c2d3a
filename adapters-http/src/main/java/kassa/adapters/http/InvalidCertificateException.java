package kassa.adapters.http;

/** The TLS certificate and its private key cannot be read, or do not belong together. */
public final class InvalidCertificateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidCertificateException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
