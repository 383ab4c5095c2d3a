package kassa.contract.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyStore;

/** In-memory idempotency store of {@link InMemoryStores}. */
public final class InMemoryIdempotencyStore implements IdempotencyStore {

  private final InMemoryStores stores;

  InMemoryIdempotencyStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Optional<IdempotencyRecord> find(IdempotencyKey key) {
    synchronized (stores) {
      stores.requireAvailable();
      return Optional.ofNullable(stores.idempotency.get(key));
    }
  }

  @Override
  public void store(IdempotencyRecord idempotencyRecord) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.requireFreeKey(idempotencyRecord);
      stores.storeRecord(idempotencyRecord);
    }
  }

  @Override
  public int purge(Instant before, int max) {
    synchronized (stores) {
      stores.requireAvailable();
      List<IdempotencyKey> old =
          stores.idempotency.values().stream()
              .filter(each -> each.createdAt().isBefore(before))
              .sorted(Comparator.comparing(IdempotencyRecord::createdAt))
              .limit(max)
              .map(IdempotencyRecord::key)
              .toList();
      old.forEach(stores.idempotency::remove);
      return old.size();
    }
  }
}
