package kassa.application.idempotency;

import java.time.Instant;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Idempotency store: records of completed requests with an idempotency key. Requests that change
 * data store their record through the store of that data, in the same transaction. This store reads
 * all records. Thread-safe. Every method throws {@link StoreUnavailableException} when the store
 * cannot be used.
 */
public interface IdempotencyStore {

  /** Returns the record of a key, or empty if it does not exist. */
  Optional<IdempotencyRecord> find(IdempotencyKey key);

  /**
   * Stores a record durably.
   *
   * @throws IdempotencyKeyTakenException if a record exists under its key
   */
  void store(IdempotencyRecord idempotencyRecord);

  /**
   * Deletes old records.
   *
   * @param before records that were created before this time are deleted
   * @param max the maximum number of records to delete
   * @return the number of deleted records
   */
  int purge(Instant before, int max);
}
