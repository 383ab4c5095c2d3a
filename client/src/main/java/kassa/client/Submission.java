package kassa.client;

import org.jspecify.annotations.Nullable;

/** An order of a file. */
sealed interface Submission {

  /** The number of the line that it begins at, from 1. */
  int line();

  /** What names it, so that it is placed once; {@code null} if it could not be read. */
  @Nullable String key();

  /**
   * It can be sent.
   *
   * @param json the order as the contract has it, with its key
   */
  record Sendable(int line, @Nullable String key, String json) implements Submission {}

  /**
   * It cannot.
   *
   * @param problem why
   */
  record Unsendable(int line, @Nullable String key, Problem problem) implements Submission {}
}
