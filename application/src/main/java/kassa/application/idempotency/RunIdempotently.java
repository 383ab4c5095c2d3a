package kassa.application.idempotency;

import java.util.function.Predicate;

/** Runs each request with an idempotency key once; retries get the stored response (replay). */
public interface RunIdempotently {

  /**
   * Runs a request, unless it is in progress on this node. Its change stores the record of the
   * request in the same transaction, or throws {@link IdempotencyKeyTakenException} and changes
   * nothing if the key has a record. Then the stored response replaces the outcome, also that of a
   * refusal, whose cause an earlier execution can be.
   *
   * @param work executes the request
   * @param isDone whether an outcome means that the change was made
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether the
   *     request was completed
   */
  <O, E extends Exception> Execution<O> run(
      IdempotentRequest request, Work<O, E> work, Predicate<O> isDone) throws E;

  /**
   * Deletes the records whose retention period is over.
   *
   * @return the number of deleted records
   */
  int purgeExpired();

  /**
   * Work of a request.
   *
   * @param <O> the outcome
   * @param <E> the exceptions
   */
  @FunctionalInterface
  interface Work<O, E extends Exception> {

    /** Executes the request. */
    O run() throws E;
  }
}
