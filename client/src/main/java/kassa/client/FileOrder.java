package kassa.client;

import org.jspecify.annotations.Nullable;

/** An order of a file. */
sealed interface FileOrder {

  /** The number of the line that it begins at, from 1. */
  int line();

  /** What names it, so that it is placed once; {@code null} if it could not be read. */
  @Nullable String key();

  /**
   * It can be sent.
   *
   * @param json the order as the contract has it, with its key
   */
  record Valid(int line, @Nullable String key, String json) implements FileOrder {}

  /**
   * It cannot.
   *
   * @param problem why
   */
  record Invalid(int line, @Nullable String key, ProblemDetail problem) implements FileOrder {}
}
