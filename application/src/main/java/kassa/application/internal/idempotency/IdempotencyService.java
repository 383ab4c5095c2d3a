package kassa.application.internal.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RunIdempotently;

/**
 * Idempotency service: executes each request with an idempotency key once and replays its result to
 * retries. Requests in progress on this node are tracked in memory, completed requests in the
 * store, which accepts only one record of a key. A new key costs no query: the change itself finds
 * out whether the key has a record. See docs/decisions/0138. Thread-safe.
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
   * @param request the request
   * @param end reaches zero when the request ends
   */
  private record RunningRequest(IdempotentRequest request, CountDownLatch end) {}

  @Override
  public <O, E extends Exception> Execution<O> run(
      IdempotentRequest request, Work<O, E> work, Predicate<O> isDone) throws E {
    return run(request, work, isDone, IdempotencyService::toStoredResponse);
  }

  /**
   * Runs a request, as above.
   *
   * @param replay maps the record of the same request
   */
  public <O, E extends Exception> Execution<O> run(
      IdempotentRequest request,
      Work<O, E> work,
      Predicate<O> isDone,
      Function<IdempotencyRecord, Execution<O>> replay)
      throws E {
    Optional<Execution<O>> refusal = begin(request, Duration.ZERO);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      O outcome = work.run();
      Execution<O> completed = new Execution.Completed<>(outcome, false);
      return isDone.test(outcome) ? completed : findStored(request, replay).orElse(completed);
    } catch (IdempotencyKeyTakenException taken) {
      return findStored(request, replay).orElseGet(Execution.InProgress::new);
    } finally {
      end(request.key());
    }
  }

  private <O> Optional<Execution<O>> findStored(
      IdempotentRequest request, Function<IdempotencyRecord, Execution<O>> replay) {
    return store.find(request.key()).map(stored -> toExecution(stored, request, replay));
  }

  /** Returns the record of a key, or empty if it does not exist. */
  public Optional<IdempotencyRecord> find(IdempotencyKey key) {
    return store.find(key);
  }

  /**
   * Maps a stored record to the execution of a request with the same key.
   *
   * @param replay maps the record of the same request
   */
  public static <O> Execution<O> toExecution(
      IdempotencyRecord stored,
      IdempotentRequest request,
      Function<IdempotencyRecord, Execution<O>> replay) {
    return stored
        .request()
        .difference(request)
        .<Execution<O>>map(Execution.KeyReused::new)
        .orElseGet(() -> replay.apply(stored));
  }

  private static <O> Execution<O> toStoredResponse(IdempotencyRecord stored) {
    return switch (stored.result()) {
      case Result.Response(String content) -> new Execution.StoredResponse<>(content);
      case Result.PlacedOrder order ->
          throw new IllegalStateException("the record of an order has the fingerprint of a change");
    };
  }

  /**
   * Marks a request as in progress on this node until {@link #end}, and waits while the same
   * request is in progress.
   *
   * @param maxWait the maximum wait; zero or more
   * @return why the request may not start: another request uses the key, or the same request is
   *     still in progress after the wait or when the thread is interrupted
   */
  public <O> Optional<Execution<O>> begin(IdempotentRequest request, Duration maxWait) {
    Instant deadline = clock.instant().plus(maxWait);
    RunningRequest own = new RunningRequest(request, new CountDownLatch(1));
    RunningRequest running = inProgress.putIfAbsent(request.key(), own);
    while (running != null) {
      Optional<Execution<O>> other =
          running.request().difference(request).map(Execution.KeyReused::new);
      if (other.isPresent()) {
        return other;
      }
      if (!awaitEnd(running, deadline)) {
        return Optional.of(new Execution.InProgress<>());
      }
      running = inProgress.putIfAbsent(request.key(), own);
    }
    return Optional.empty();
  }

  private boolean awaitEnd(RunningRequest running, Instant deadline) {
    try {
      return running
          .end()
          .await(Duration.between(clock.instant(), deadline).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends a request that has begun. */
  public void end(IdempotencyKey key) {
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
}
