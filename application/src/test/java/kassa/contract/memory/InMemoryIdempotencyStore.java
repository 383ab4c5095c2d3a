package kassa.contract.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  public boolean store(IdempotencyRecord idempotencyRecord, Instant at) {
    synchronized (stores) {
      stores.requireAvailable();
      if (stores.idempotency.containsKey(idempotencyRecord.key())) {
        return false;
      }
      stores.storeRecord(idempotencyRecord, at);
      return true;
    }
  }

  @Override
  public int purge(Instant before, int max) {
    synchronized (stores) {
      stores.requireAvailable();
      List<IdempotencyKey> old =
          stores.respondedAt.entrySet().stream()
              .filter(each -> each.getValue().isBefore(before))
              .sorted(Comparator.comparing(Map.Entry::getValue))
              .limit(max)
              .map(Map.Entry::getKey)
              .toList();
      old.forEach(stores.idempotency::remove);
      old.forEach(stores.respondedAt::remove);
      return old.size();
    }
  }
}
