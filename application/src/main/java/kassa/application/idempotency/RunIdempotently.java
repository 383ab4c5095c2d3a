package kassa.application.idempotency;

import java.util.Optional;

/** Does a call that carries a key once, however often it is sent. */
public interface RunIdempotently {

  /**
   * Begins a call. One that has begun must be closed, done or not.
   *
   * @param key names it
   * @param fingerprint what is called, and with what: the same text for the same request and no
   *     other
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it was
   *     done already
   */
  Start start(IdempotencyKey key, String fingerprint);

  /**
   * Forgets the answers that were kept for long enough.
   *
   * @return how many there were
   */
  int purgeExpired();

  /** How a call begins. */
  sealed interface Start {

    /** It is to be done. No other begins under its key on this node until it is closed. */
    non-sealed interface Started extends Start, AutoCloseable {

      /**
       * Keeps the answer durably, for a call that changes nothing. What changes something keeps its
       * answer in its own transaction.
       *
       * @return the answer to give: another one, if another node has done the same meanwhile
       */
      IdempotencyRecord store(StoredResponse response);

      /**
       * What another node has kept under the key since this call began, if one has. Whoever is
       * refused looks here first: what is in the way may be what the same call has done there.
       */
      Optional<IdempotencyRecord> findStoredMeanwhile();

      @Override
      void close();
    }

    /**
     * It was done before.
     *
     * @param response what was answered then
     */
    record Replayed(StoredResponse response) implements Start {}

    /** It is being done. */
    record InProgress() implements Start {}

    /** The key names another request. */
    record KeyReused() implements Start {}
  }
}
