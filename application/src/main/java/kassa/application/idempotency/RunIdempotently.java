package kassa.application.idempotency;

import java.util.function.Predicate;

/** Runs each request with an idempotency key once; retries get the stored response (replay). */
public interface RunIdempotently {

  /**
   * Runs a request, unless it was completed before or is in progress. Its change stores the record
   * of the request in the same transaction. While it runs, no other request with the same key
   * starts on this node. If another node completes the request at the same time, the stored
   * response replaces the outcome, also that of a refusal, whose cause it can be.
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
