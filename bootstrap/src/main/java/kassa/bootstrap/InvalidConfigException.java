package kassa.bootstrap;

import java.util.List;

/** The configuration cannot be used. Tells all that is wrong with it. */
final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  InvalidConfigException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, a line each. */
  List<String> faults() {
    return faults;
  }
}
