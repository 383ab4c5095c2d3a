package kassa.application.idempotency;

import java.time.Duration;
import java.util.Optional;

/** Runs each request with an idempotency key once; retries get the stored response (replay). */
public interface RunIdempotently {

  /**
   * Starts a request. If the result is {@link Start.Started}, it must be closed, whether or not the
   * request succeeds.
   *
   * @param key the idempotency key
   * @param fingerprint identifies the request and its content: equal for equal requests only
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether the
   *     request was completed before
   */
  Start start(IdempotencyKey key, String fingerprint);

  /**
   * Starts a request as above, and waits while the same request is in progress on this node.
   *
   * @param maxWait the maximum wait; zero or more
   * @return {@link Start.InProgress} only if the same request is still in progress after the wait,
   *     or if the thread is interrupted
   */
  Start startWhenFree(IdempotencyKey key, String fingerprint, Duration maxWait);

  /**
   * Deletes the records whose retention period is over.
   *
   * @return the number of deleted records
   */
  int purgeExpired();

  /** Result of starting a request. */
  sealed interface Start {

    /**
     * The request has to be executed. On this node, no other request with the same key starts until
     * this is closed.
     */
    non-sealed interface Started extends Start, AutoCloseable {

      /**
       * Returns the record that another node stored under the key since this request started, if
       * any. To be checked before a refusal is returned: the cause of the refusal can be the effect
       * of the same request on the other node.
       */
      Optional<IdempotencyRecord> findStoredMeanwhile();

      @Override
      void close();
    }

    /**
     * Replay: the request was completed before.
     *
     * @param response the stored response
     */
    record Replayed(StoredResponse response) implements Start {}

    /** The same request is in progress on this node. */
    record InProgress() implements Start {}

    /**
     * The key was used for a different request.
     *
     * @param difference what differs
     */
    record KeyReused(RequestFingerprint.Difference difference) implements Start {}
  }
}
