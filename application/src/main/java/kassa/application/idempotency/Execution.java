package kassa.application.idempotency;

/**
 * Execution of a request with an idempotency key.
 *
 * @param <O> the outcome of the request
 */
public sealed interface Execution<O> {

  /**
   * The request was executed.
   *
   * @param outcome the outcome
   * @param replayed whether an earlier request was executed, and nothing now (replay)
   */
  record Completed<O>(O outcome, boolean replayed) implements Execution<O> {}

  /**
   * Replay: the request was completed before.
   *
   * @param content the stored response
   */
  record StoredResponse<O>(String content) implements Execution<O> {}

  /** The same request is in progress; nothing was executed. */
  record InProgress<O>() implements Execution<O> {}

  /**
   * The key was used for a different request; nothing was executed.
   *
   * @param difference what differs
   */
  record KeyReused<O>(RequestFingerprint.Difference difference) implements Execution<O> {}

  /** Returns whether an earlier request was completed, and nothing was executed now. */
  default boolean isReplay() {
    return this instanceof StoredResponse || (this instanceof Completed<O> done && done.replayed());
  }
}
