package kassa.adapters.persistence.admin;

/** What was asked for cannot be done; the message says why, in a line for whoever asked. */
public final class DatabaseAdminException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseAdminException(String reason) {
    super(reason);
  }

  DatabaseAdminException(String reason, Exception cause) {
    super(reason, cause);
  }
}
