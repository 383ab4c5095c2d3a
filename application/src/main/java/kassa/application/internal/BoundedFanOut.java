package kassa.application.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Does the same to many things at once: a virtual thread for each, no more of them at any moment
 * than the bound, and none begun behind the deadline. The only class of this module that starts
 * threads or waits for them.
 *
 * <p>What was begun is always waited for and never interrupted: a write that is under way has an
 * outcome, and that is what its caller is told.
 */
public final class BoundedFanOut {

  private final InstantSource clock;
  private final Semaphore permits;
  private final Duration deadline;

  /**
   * @param clock what the deadline is measured by
   * @param bound the most threads at any moment, all calls together
   * @param deadline how long after its begin a call may begin threads
   */
  public BoundedFanOut(InstantSource clock, int bound, Duration deadline) {
    this.clock = clock;
    this.permits = new Semaphore(bound, true);
    this.deadline = deadline;
  }

  /**
   * Applies {@code work} to each item.
   *
   * @param work must not throw
   * @param notBegun the result of the items that were not begun before the deadline, or before the
   *     caller was interrupted
   * @return a result for each item, in the order of the items
   */
  public <T, R> List<R> map(List<T> items, Function<T, R> work, R notBegun) {
    Instant end = clock.instant().plus(deadline);
    // Each thread writes its own slot; joining it makes the slot visible here.
    List<R> results = new ArrayList<>(Collections.nCopies(items.size(), notBegun));
    List<Thread> begun = new ArrayList<>(items.size());
    for (int i = 0; i < items.size() && permitBefore(end); i++) {
      int slot = i;
      begun.add(
          Thread.startVirtualThread(() -> {
            try {
              results.set(slot, work.apply(items.get(slot)));
            } finally {
              permits.release();
            }
          }));
    }
    begun.forEach(BoundedFanOut::joinUninterruptibly);
    return results;
  }

  private boolean permitBefore(Instant end) {
    try {
      long remaining = Duration.between(clock.instant(), end).toNanos();
      if (!permits.tryAcquire(remaining, TimeUnit.NANOSECONDS)) {
        return false;
      }
      if (clock.instant().isBefore(end)) {
        return true;
      }
      permits.release();
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException repeated) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
