package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounds the deliveries of this node: how many at once, and how many in a second, so that they take
 * little from the orders. Thread-safe.
 */
final class DeliveryPace {

  private final Semaphore permits;
  private final Duration interval;
  private final InstantSource clock;
  private final AtomicReference<Instant> nextStart = new AtomicReference<>(Instant.MIN);

  /**
   * @param maxConcurrent the maximum number of deliveries at once, 1 or more
   * @param maxPerSecond the maximum number of deliveries that start in a second, 1 or more
   */
  DeliveryPace(int maxConcurrent, int maxPerSecond, InstantSource clock) {
    this.permits = new Semaphore(maxConcurrent, true);
    this.interval = Duration.ofSeconds(1).dividedBy(maxPerSecond);
    this.clock = clock;
  }

  /**
   * Waits until a delivery may start. Each call that returns needs a {@link #leave()}.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void enter() throws InterruptedException {
    permits.acquire();
    try {
      Instant now = clock.instant();
      Instant next =
          nextStart.updateAndGet(last -> (last.isAfter(now) ? last : now).plus(interval));
      Thread.sleep(Duration.between(now, next.minus(interval)));
    } catch (InterruptedException interrupted) {
      permits.release();
      throw interrupted;
    }
  }

  /** Ends a delivery. */
  void leave() {
    permits.release();
  }
}
