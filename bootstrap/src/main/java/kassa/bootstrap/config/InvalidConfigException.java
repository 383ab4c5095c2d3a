package kassa.bootstrap.config;

import java.util.List;

/** The configuration cannot be used. Tells all that is wrong with it. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  public InvalidConfigException(List<String> errors) {
    super(String.join("; ", errors));
    this.errors = List.copyOf(errors);
  }

  /** What is wrong, a line each. */
  public List<String> errors() {
    return errors;
  }
}
