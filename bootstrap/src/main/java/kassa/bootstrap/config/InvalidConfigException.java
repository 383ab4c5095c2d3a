package kassa.bootstrap.config;

import java.util.List;

/** Invalid settings or arguments, or an invalid file; has all errors. Exit status 2. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  public InvalidConfigException(List<String> errors) {
    super(String.join("; ", errors));
    this.errors = List.copyOf(errors);
  }

  /** All errors, one line each. */
  public List<String> errors() {
    return errors;
  }
}
