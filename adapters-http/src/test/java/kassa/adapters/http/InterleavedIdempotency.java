package kassa.adapters.http;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import kassa.application.UseCases;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RunIdempotently;

/**
 * Idempotency service that runs an action between the start of a request and its work.
 *
 * @param delegate runs the requests
 * @param interleaved action to run once, before the work of the next request
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
  public <O, E extends Exception> Execution<O> run(
      IdempotentRequest request, Work<O, E> work, Predicate<O> isDone) throws E {
    return delegate.run(
        request,
        () -> {
          interleaved.getAndSet(() -> {}).run();
          return work.run();
        },
        isDone);
  }

  @Override
  public int purgeExpired() {
    return delegate.purgeExpired();
  }
}
