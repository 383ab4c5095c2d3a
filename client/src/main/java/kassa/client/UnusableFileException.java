package kassa.client;

import java.util.List;

/** A file cannot be used as it was meant to be. Tells what is wrong with it. */
public final class UnusableFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  UnusableFileException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  UnusableFileException(String fault) {
    this(List.of(fault));
  }

  /** What is wrong, a line each, for people. */
  public List<String> faults() {
    return faults;
  }
}
