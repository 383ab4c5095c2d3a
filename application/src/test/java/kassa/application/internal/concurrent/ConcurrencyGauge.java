package kassa.application.internal.concurrent;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Measures the current and the maximum concurrency. */
final class ConcurrencyGauge {

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger max = new AtomicInteger();

  <R> R during(Supplier<R> work) {
    max.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      return work.get();
    } finally {
      running.decrementAndGet();
    }
  }

  int running() {
    return running.get();
  }

  int max() {
    return max.get();
  }
}
