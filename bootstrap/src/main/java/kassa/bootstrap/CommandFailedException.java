package kassa.bootstrap;

/** A command could not be carried out; the message says why, in one line. */
final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailedException(String reason) {
    super(reason);
  }
}
