package kassa.adapters.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kassa.application.UseCases;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.RunIdempotently;

/**
 * Idempotency service that runs an action between the start of a request and its work.
 *
 * @param delegate starts the requests
 * @param interleaved action to run once, after the next start
 */
public record InterleavedIdempotency(
    RunIdempotently delegate, AtomicReference<Runnable> interleaved) implements RunIdempotently {

  public InterleavedIdempotency(RunIdempotently delegate) {
    this(delegate, new AtomicReference<>(() -> {}));
  }

  public static UseCases replaceIn(UseCases useCases, InterleavedIdempotency replacement) {
    return UseCaseOverrides.replace(useCases, Map.of("runIdempotently", replacement));
  }

  @Override
  public Start start(IdempotencyKey key, String request) {
    Start start = delegate.start(key, request);
    interleaved.getAndSet(() -> {}).run();
    return start;
  }

  @Override
  public Start startWhenFree(IdempotencyKey key, String request, Duration maxWait) {
    Start start = delegate.startWhenFree(key, request, maxWait);
    interleaved.getAndSet(() -> {}).run();
    return start;
  }

  @Override
  public int purgeExpired() {
    return delegate.purgeExpired();
  }
}
