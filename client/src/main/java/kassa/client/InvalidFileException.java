package kassa.client;

import java.util.List;

/** A file cannot be used as it was meant to be. Tells what is wrong with it. */
public final class InvalidFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  InvalidFileException(List<String> errors) {
    super(String.join("; ", errors));
    this.errors = List.copyOf(errors);
  }

  InvalidFileException(String error) {
    this(List.of(error));
  }

  /** What is wrong, a line each, for people. */
  public List<String> errors() {
    return errors;
  }
}
