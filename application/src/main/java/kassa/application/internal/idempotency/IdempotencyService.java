package kassa.application.internal.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.idempotency.StoredResponse;

/**
 * Remembers which calls are under way on this node, and asks the store for those that are done. Of
 * two nodes that do the same at the same time the store lets only one keep its answer.
 */
public final class IdempotencyService implements RunIdempotently {

  /** How long answers are kept. */
  static final Duration RETENTION = Duration.ofDays(2);

  private static final int PURGE_BATCH_SIZE = 1_000;

  private final IdempotencyStore store;
  private final InstantSource clock;
  private final Map<IdempotencyKey, String> inProgress = new ConcurrentHashMap<>();

  public IdempotencyService(IdempotencyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Start start(IdempotencyKey key, String fingerprint) {
    String other = inProgress.putIfAbsent(key, fingerprint);
    if (other != null) {
      return other.equals(fingerprint) ? new Start.InProgress() : new Start.KeyReused();
    }
    Start start = null;
    try {
      // Looked for behind the mark: whoever was under way before has kept his answer by now.
      start =
          store
              .find(key)
              .map(existing -> toStart(existing, fingerprint))
              .orElseGet(() -> new StartedRequest(key, fingerprint));
      return start;
    } finally {
      if (!(start instanceof StartedRequest)) {
        inProgress.remove(key);
      }
    }
  }

  @Override
  public int purgeExpired() {
    Instant before = clock.instant().minus(RETENTION);
    int sum = 0;
    int forgotten;
    do {
      forgotten = store.purge(before, PURGE_BATCH_SIZE);
      sum += forgotten;
    } while (forgotten == PURGE_BATCH_SIZE);
    return sum;
  }

  static Start toStart(IdempotencyRecord existing, String fingerprint) {
    return existing.fingerprint().equals(fingerprint)
        ? new Start.Replayed(existing.response())
        : new Start.KeyReused();
  }

  private final class StartedRequest implements Start.Started {

    private final IdempotencyKey key;
    private final String fingerprint;

    private StartedRequest(IdempotencyKey key, String fingerprint) {
      this.key = key;
      this.fingerprint = fingerprint;
    }

    @Override
    public IdempotencyRecord store(StoredResponse response) {
      IdempotencyRecord existing = new IdempotencyRecord(key, fingerprint, response);
      return store.store(existing, clock.instant().truncatedTo(ChronoUnit.MICROS))
          ? existing
          : store.find(key).orElse(existing);
    }

    @Override
    public Optional<IdempotencyRecord> findStoredMeanwhile() {
      return store.find(key);
    }

    @Override
    public void close() {
      inProgress.remove(key);
    }
  }
}
