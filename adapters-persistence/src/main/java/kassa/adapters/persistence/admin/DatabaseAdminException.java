package kassa.adapters.persistence.admin;

/** A command of {@link DatabaseAdmin} failed. The message is one line for the user. */
public final class DatabaseAdminException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseAdminException(String reason) {
    super(reason);
  }

  DatabaseAdminException(String reason, Exception cause) {
    super(reason, cause);
  }
}
