package kassa.adapters.http;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kassa.application.UseCases;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.RunIdempotently;

/**
 * Calls with a key of which something comes between their begin and what they do.
 *
 * @param delegate begins them
 * @param interleaved what comes between, once
 */
public record InterleavedIdempotency(
    RunIdempotently delegate, AtomicReference<Runnable> interleaved) implements RunIdempotently {

  public InterleavedIdempotency(RunIdempotently once) {
    this(once, new AtomicReference<>(() -> {}));
  }

  public static UseCases replaceIn(UseCases useCases, InterleavedIdempotency replacement) {
    return UseCaseOverrides.replace(useCases, Map.of("callOnce", replacement));
  }

  @Override
  public Start start(IdempotencyKey key, String request) {
    Start beginning = delegate.start(key, request);
    interleaved.getAndSet(() -> {}).run();
    return beginning;
  }

  @Override
  public int purgeExpired() {
    return delegate.purgeExpired();
  }
}
