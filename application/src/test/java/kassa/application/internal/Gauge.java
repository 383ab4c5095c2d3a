package kassa.application.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Counts how much is done at once, and remembers the most. */
final class Gauge {

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  <R> R during(Supplier<R> work) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      return work.get();
    } finally {
      running.decrementAndGet();
    }
  }

  int running() {
    return running.get();
  }

  int most() {
    return most.get();
  }
}
