package kassa.bootstrap.admin;

/** A command could not be carried out; the message says why, in one line. */
public final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailedException(String reason) {
    super(reason);
  }
}
