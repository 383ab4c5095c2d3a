package kassa.bootstrap.admin;

/** Failure of a command; the message gives the reason in one line, without secrets. */
public final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailedException(String reason) {
    super(reason);
  }
}
