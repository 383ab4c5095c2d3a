package kassa.application.internal.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.RequestFingerprint;
import kassa.application.idempotency.RunIdempotently;

/**
 * Idempotency service: executes each request with an idempotency key once and replays the stored
 * response to retries. Requests in progress on this node are tracked in memory, completed requests
 * in the store. If two nodes execute the same request concurrently, the store accepts only one
 * record. Thread-safe.
 */
public final class IdempotencyService implements RunIdempotently {

  /** Retention period of idempotency records. */
  static final Duration RETENTION = Duration.ofDays(2);

  private static final int PURGE_BATCH_SIZE = 1_000;

  private final IdempotencyStore store;
  private final InstantSource clock;
  private final Map<IdempotencyKey, RunningRequest> inProgress = new ConcurrentHashMap<>();

  public IdempotencyService(IdempotencyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Request in progress.
   *
   * @param fingerprint the fingerprint of the request
   * @param end reaches zero when the request ends
   */
  private record RunningRequest(String fingerprint, CountDownLatch end) {}

  @Override
  public Start startWhenFree(IdempotencyKey key, String fingerprint, Duration maxWait) {
    Instant deadline = clock.instant().plus(maxWait);
    Start start = start(key, fingerprint);
    while (start instanceof Start.InProgress && awaitEnd(key, deadline)) {
      start = start(key, fingerprint);
    }
    return start;
  }

  /** Waits for the end of the request in progress; returns whether another start makes sense. */
  private boolean awaitEnd(IdempotencyKey key, Instant deadline) {
    RunningRequest running = inProgress.get(key);
    try {
      return running == null
          || running
              .end()
              .await(Duration.between(clock.instant(), deadline).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Start start(IdempotencyKey key, String fingerprint) {
    RunningRequest running =
        inProgress.putIfAbsent(key, new RunningRequest(fingerprint, new CountDownLatch(1)));
    if (running != null) {
      return RequestFingerprint.difference(running.fingerprint(), fingerprint)
          .<Start>map(Start.KeyReused::new)
          .orElseGet(Start.InProgress::new);
    }
    Start start = null;
    try {
      // The record is read after the key is marked as in progress: a request that was in progress
      // before has stored its record by now.
      start =
          store
              .find(key)
              .map(existing -> toStart(existing, fingerprint))
              .orElseGet(() -> new StartedRequest(key));
      return start;
    } finally {
      if (!(start instanceof StartedRequest)) {
        end(key);
      }
    }
  }

  private void end(IdempotencyKey key) {
    RunningRequest ended = inProgress.remove(key);
    if (ended != null) {
      ended.end().countDown();
    }
  }

  @Override
  public int purgeExpired() {
    Instant before = clock.instant().minus(RETENTION);
    int total = 0;
    int deleted;
    do {
      deleted = store.purge(before, PURGE_BATCH_SIZE);
      total += deleted;
    } while (deleted == PURGE_BATCH_SIZE);
    return total;
  }

  static Start toStart(IdempotencyRecord existing, String fingerprint) {
    return RequestFingerprint.difference(existing.fingerprint(), fingerprint)
        .<Start>map(Start.KeyReused::new)
        .orElseGet(() -> new Start.Replayed(existing.response()));
  }

  private final class StartedRequest implements Start.Started {

    private final IdempotencyKey key;

    private StartedRequest(IdempotencyKey key) {
      this.key = key;
    }

    @Override
    public Optional<IdempotencyRecord> findStoredMeanwhile() {
      return store.find(key);
    }

    @Override
    public void close() {
      end(key);
    }
  }
}
