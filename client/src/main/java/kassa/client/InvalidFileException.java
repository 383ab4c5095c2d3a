package kassa.client;

import java.util.List;

/** Invalid or unreadable file of orders or of results; has all errors. */
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

  /** All errors, one line each. */
  public List<String> errors() {
    return errors;
  }
}
