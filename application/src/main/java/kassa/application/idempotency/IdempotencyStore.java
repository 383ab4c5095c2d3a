package kassa.application.idempotency;

import java.time.Instant;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Keeps the answers of calls that carry a key. What changes something has its answer kept by the
 * store that it changes, in the same transaction; this one reads them, and keeps those of calls
 * that change nothing. Implementations may be called by any number of threads. Every method throws
 * {@link StoreUnavailableException} when the store cannot be asked.
 */
public interface IdempotencyStore {

  /** The answer that is kept under a key, if there is one. */
  Optional<IdempotencyRecord> find(IdempotencyKey key);

  /**
   * Keeps an answer durably, if there is none under its key yet.
   *
   * @param at when it was given, to the microsecond
   * @return whether there was none
   */
  boolean store(IdempotencyRecord idempotencyRecord, Instant at);

  /**
   * Forgets answers.
   *
   * @param before the time before which they were given
   * @param max how many are forgotten at most
   * @return how many were
   */
  int purge(Instant before, int max);
}
