package kassa.application.internal.idempotency;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyStore;

/** Idempotency store that counts how often records are looked up. */
record LookupCounter(IdempotencyStore store, AtomicInteger lookups) implements IdempotencyStore {

  @Override
  public Optional<IdempotencyRecord> find(IdempotencyKey key) {
    lookups.incrementAndGet();
    return store.find(key);
  }

  @Override
  public void store(IdempotencyRecord idempotencyRecord) {
    store.store(idempotencyRecord);
  }

  @Override
  public int purge(Instant before, int max) {
    return store.purge(before, max);
  }
}
